"""What is asked about an image and what its source answers: never more than the source states."""
import json
import re
from pathlib import Path

import numpy as np

from .labels import INDEX, LABEL_OF, OWN, targets

CATALOGUE = Path(__file__).parents[2] / "src/main/resources/io/overread/vlm/finding/catalogue.json"
REFUSAL = "Cannot be determined from this image."
REPORT = "Describe the findings."
REPORT_VARIANTS = ["describe the findings", "Describe the image.", "What does this image show?", "Write the findings.",
                   "What are the findings?"]

PARAPHRASES = {
    "abnormality": ["Is the image abnormal?", "Are there any abnormal findings?", "Anything abnormal in this image?",
                    "Is there an abnormality present?", "Does this image look abnormal?"],
    "cardiomegaly": ["Is the heart enlarged?", "Is the cardiac silhouette enlarged?", "Does this patient have cardiomegaly?",
                     "Is the heart abnormally large?", "Is the heart shadow abnormally large?", "Is the patient's heart enlarged?",
                     "Is the heart wider than more than half the width of the thorax?", "Is the cardiac contour enlarged?"],
    "effusion": ["Is a pleural effusion present?", "Is there evidence of a pleural effusion?", "Is there fluid in the pleural space?",
                 "Does this patient have a pleural effusion?", "Can a pleural effusion be appreciated?", "Do you see an effusion?",
                 "Is there any pleural fluid?", "Are there pleural effusions?"],
    "pneumothorax": ["Is there evidence of a pneumothorax?", "Is a pneumothorax present?", "Is there free air in the pleural space?",
                     "Does this patient have a pneumothorax?", "Is there air between the lung and the chest wall?"],
    "pneumonia": ["Is there evidence of pneumonia?", "Does this patient have pneumonia?", "Are there signs of pneumonia?",
                  "Does the patient have an infection of the lung?"],
    "consolidation": ["Is there evidence of consolidation?", "Is the lung consolidated?", "Is there airspace consolidation?",
                      "Is there a consolidation in the lung?", "Is there air space disease?"],
    "infiltration": ["Is there an infiltrate?", "Are there pulmonary infiltrates?", "Are infiltrates present?", "Are patchy infiltrates depicted?",
                     "Are there infiltrates in the lungs?"],
    "atelectasis": ["Is there evidence of atelectasis?", "Is atelectasis present?", "Is there collapse of a part of the lung?"],
    "edema": ["Is there evidence of pulmonary edema?", "Does the lung show edema?", "Is there pulmonary congestion?",
              "Is there vascular congestion?"],
    "emphysema": ["Is there evidence of emphysema?", "Do the lungs appear hyperinflated?", "Are the lungs hyperinflated?"],
    "fibrosis": ["Is there evidence of fibrosis?", "Are there fibrotic changes in the lung?"],
    "nodule": ["Is a lung nodule present?", "Are there any nodules?", "Are there nodules in the lungs?", "Is there a nodule?"],
    "mass": ["Is there a lung mass?", "Is a mass present?", "Is there a mass in the lung?", "Is there a mass?"],
    "pleural-thickening": ["Is the pleura thickened?", "Is there thickening of the pleura?"],
    "hernia": ["Is there evidence of a hiatal hernia?", "Is a hiatal hernia present?"],
    "ct-lesion": ["Is there a lesion in the lung?", "Is there a lesion?"], "ct-malignancy": ["Is the lung lesion malignant?", "Is it malignant?"],
    "meningioma": ["Is the tumor a meningioma?"], "glioma": ["Is the tumor a glioma?"],
    "pituitary-tumor": ["Is there a tumor of the pituitary?"],
    "breast-lesion": ["Is there a lesion in the breast?", "Is there a lesion?"],
    "breast-malignancy": ["Is the breast lesion malignant?", "Is it malignant?"],
    "lung-abnormality": ["Is this lung ultrasound abnormal?"], "b-lines": ["Are B-lines present?"],
    "pleural-line-irregularity": ["Is there pleural line irregularity?"], "fetal-head": ["Does this image show a fetal head?"]}

# Asked the other way round: yes is the finding's no.
REVERSED = {
    "abnormality": ["Is the image normal?", "Is this a normal image?", "Is this study normal?", "Does this image look normal?",
                    "Is this an image of normal physiology?"],
    "cardiomegaly": ["Is the heart size normal?", "Is the heart of normal size?", "Is the heart size within normal limits?",
                     "Is the cardiac silhouette less than half the diameter of the chest wall?"],
    "effusion": ["Are the costophrenic angles sharp?", "Is the pleural space free of fluid?"],
    "breast-lesion": ["Is the breast normal?"], "breast-malignancy": ["Does the lesion look benign?"],
    "ct-malignancy": ["Does the lung look benign?"], "lung-abnormality": ["Is the lung normal?"]}

MODALITY = {"XR": ["X-ray", "a radiograph"], "CT": ["CT", "a CT scan"], "MR": ["MRI", "an MRI"], "US": ["ultrasound", "an ultrasound image"]}
MODALITY_QUESTIONS = ["What imaging modality is this?", "What is the imaging modality?", "What imaging modality was used to take this image?",
                      "What kind of image is this?", "How was this image taken?"]
PART_QUESTIONS = ["Which part of the body is shown?", "What part of the body is being imaged?", "What body part does this image show?",
                  "Which organ system is imaged?"]
BACTERIAL_QUESTION, VIRAL_QUESTION = "Is the pneumonia bacterial?", "Is the pneumonia viral?"
KIND_QUESTION = "Is the pneumonia bacterial or viral?"
TUMOR_QUESTION = "What kind of tumor is shown?"
PARTS_ASKED = ("chest", "head", "abdomen", "breast")
PRIOR_QUESTIONS = ["Has this changed since the prior study?", "Is it larger than on the previous image?",
                   "Is there improvement compared with the prior?", "What is the patient's name?", "What is the patient's blood pressure?"]


def catalogue():
    return json.loads(CATALOGUE.read_text())["catalogues"]


FINDINGS = {f["id"]: dict(f, catalogue=c["id"]) for c in catalogue() for f in c["findings"]}
SHOWS = {"chest-radiograph": ("XR", "Chest"), "chest-ct": ("CT", "Chest"), "brain-mr": ("MR", "Head"),
         "breast-ultrasound": ("US", "Breast"), "lung-ultrasound": ("US", "Lung"), "fetal-ultrasound": ("US", None)}


def stated(record, finding):
    """True, False or None for what the source says of a finding of the catalogue."""
    src, t = record["source"], targets(record)
    if src == "junk":
        return None
    if src == OWN:
        return record["findings"].get(finding)
    if finding == "abnormality":
        for name, yes in (("nih:No Finding", 0), ("child:pneumonia", 1), ("breast:lesion", 1), ("ct:lesion", 1), ("lung:abnormal", 1)):
            if not np.isnan(t[INDEX[name]]):
                return bool(t[INDEX[name]] == yes)
        return True if src == "figshare-brain-tumor" else None
    if finding == "pneumonia" and src == "kermany-cxr":
        return "PNEUMONIA" in record["labels"]
    if finding == "fetal-head" and record["modality"] != "US":
        return None
    name, yes = LABEL_OF[finding]
    value = t[INDEX[name]]
    return None if np.isnan(value) else bool(value == yes)


def foreign(record, finding):
    """Whether the question makes no sense for this image (another modality or region)."""
    if record["source"] == "junk":
        return True
    if finding == "abnormality":
        return False
    modality, part = SHOWS[FINDINGS[finding]["catalogue"]]
    return record["modality"] != modality or (part is not None and record["body_part"] not in (part, "Chest" if part == "Lung" else part))


def sentence_list(words):
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def described(record):
    """Whether there is a report to teach: the chest images of the question sets come without labels, an own image may come with nothing."""
    if record["source"] == OWN:
        return bool(record.get("report") or record["findings"])
    return not (record.get("qa") and record["body_part"] == "Chest")


def own_report(record):
    """The user's text; without one, the catalogue's sentences for what they state, in its order."""
    if record.get("report"):
        return clean(record["report"])
    name = f"{'radiograph' if record['modality'] == 'XR' else MODALITY[record['modality']][0]} of the {record['body_part'].lower()}."
    said = [f["presentSentence" if record["findings"][i] else "absentSentence"] for i, f in FINDINGS.items() if i in record["findings"]]
    return " ".join([name[0].upper() + name[1:], *said])


def report(record, rng):
    """A short report composed from the labels: no image of the data comes with a real one."""
    def pick(*options):  # the first wording is the usual one
        return options[0] if rng.random() < 0.6 else options[int(rng.integers(len(options)))]

    src, labels = record["source"], set(record["labels"])
    if src == "junk":
        return REFUSAL
    if src == OWN:
        return own_report(record)
    if src == "nih-chestxray14":
        view = record["view"]
        out = [pick(f"Frontal chest radiograph, {view} view.", f"{view} chest radiograph.")]
        out.append(pick("The heart is enlarged.", "There is cardiomegaly.") if "Cardiomegaly" in labels
                   else pick("The heart is not enlarged.", "Normal heart size."))
        lung = [w for n, w in (("Pneumonia", "signs of pneumonia"), ("Infiltration", "a pulmonary infiltrate"), ("Consolidation", "consolidation"),
                               ("Edema", "pulmonary edema"), ("Atelectasis", "atelectasis"), ("Mass", "a pulmonary mass"),
                               ("Nodule", "a pulmonary nodule"), ("Emphysema", "emphysema"), ("Fibrosis", "pulmonary fibrosis")) if n in labels]
        if lung:
            out.append(pick("The lungs show", "In the lungs there is") + " " + sentence_list(lung) + ".")
        else:
            out.append(pick("The lungs are clear.", "No focal lung abnormality."))
        pleura = [w for n, w in (("Effusion", "a pleural effusion"), ("Pneumothorax", "a pneumothorax"),
                                 ("Pleural_Thickening", "pleural thickening"), ("Hernia", "a hiatal hernia")) if n in labels]
        out.append("There is " + sentence_list(pleura) + "." if pleura else pick("There is no pleural effusion or pneumothorax.",
                                                                                 "No effusion, no pneumothorax."))
        return " ".join(out)
    if src == "kermany-cxr":
        out = [pick("Frontal chest radiograph of a child.", "Chest radiograph of a child.")]
        if "PNEUMONIA" in labels:
            kind = "bacterial" if "bacteria" in labels else "viral"
            out.append(pick(f"The lungs show signs of pneumonia, rather of the {kind} kind.", f"There are signs of {kind} pneumonia."))
        else:
            out.append(pick("The lungs are clear.", "No sign of pneumonia."))
        return " ".join(out)
    if src == "busi":
        out = [pick("Breast ultrasound.", "Ultrasound image of the breast.")]
        out.append("No focal breast lesion is seen." if "normal" in labels else
                   "There is a focal lesion suspicious for malignancy." if "malignant" in labels else
                   "There is a focal lesion with a benign appearance.")
        return " ".join(out)
    if src == "figshare-brain-tumor":
        return pick("T1-weighted contrast-enhanced MRI of the brain.", "Contrast-enhanced MRI of the head.") \
            + f" There is a mass with the appearance of a {record['labels'][0]}."
    if src == "iq-othnccd":
        return "Axial CT of the chest. " + ("No lung lesion is seen." if "normal" in labels else
                                            "There is a lung lesion suspicious for malignancy." if "malignant" in labels else
                                            "There is a lung lesion with a benign appearance.")
    if src == "hc18":
        return pick("Obstetric ultrasound.", "Fetal ultrasound.") + " A fetal head is in view."
    if src == "pocus":
        if "Regular (healthy)" in labels:
            return "Lung ultrasound. The lung is normal."
        signs = [w for n, w in (("B-lines", "B-lines"), ("Pleural line irregularities", "an irregular pleural line"),
                                ("Consolidations", "a consolidation")) if n in labels]
        return "Lung ultrasound. The lung is abnormal." + (" There are " + sentence_list(signs) + "." if signs else "")
    view = (record["view"] or "").lower()
    start = f"{view} " if view in ("axial", "sagittal", "coronal") else ""
    kind = {"XR": "radiograph", "CT": "CT image", "MR": "MRI image"}[record["modality"]]
    text = f"{start}{kind} of the {record['body_part'].lower().replace('musculoskeletal', 'musculoskeletal system')}."
    return text[0].upper() + text[1:] + " The model has not learnt to describe findings in this kind of image."


def clean(text):
    return re.sub(r"\s+", " ", text.strip())


def questions(record, rng, rates):
    """A random draw of (question, answer) for one image; rates balance yes and no for each finding."""
    out = []
    pick = lambda options: options[int(rng.integers(len(options)))]  # noqa: E731
    say = lambda f: FINDINGS[f]["question"] if rng.random() < 0.5 or f not in PARAPHRASES else pick(PARAPHRASES[f])  # noqa: E731
    for f in FINDINGS:
        value = stated(record, f)
        if value is not None and rng.random() < rates[record["source"], f][int(value)]:
            turned = f in REVERSED and rng.random() < 0.25
            out.append((pick(REVERSED[f]) if turned else say(f), "yes" if value != turned else "no"))
    wrong = [f for f in FINDINGS if foreign(record, f)]
    for f in rng.permutation(wrong)[:8 if record["source"] == "junk" else 1]:
        out.append((say(f), REFUSAL))
    if described(record):
        variant = REPORT if rng.random() < 0.75 else REPORT_VARIANTS[int(rng.integers(len(REPORT_VARIANTS)))]
        out.append((variant, report(record, rng)))
    if rng.random() < 0.15:
        out.append((PRIOR_QUESTIONS[int(rng.integers(len(PRIOR_QUESTIONS)))], REFUSAL))
    if record["source"] == "junk":
        out += [(pick(MODALITY_QUESTIONS), REFUSAL), (pick(PART_QUESTIONS), REFUSAL)]
    else:
        modality, part, view = record["modality"], record["body_part"].lower(), (record["view"] or "").lower()
        if rng.random() < 0.5:
            out.append((pick(MODALITY_QUESTIONS), MODALITY[modality][0]))
        if rng.random() < 0.5:
            out.append((pick(PART_QUESTIONS), part))
        if rng.random() < 0.3:
            m = modality if rng.random() < 0.5 else pick(list(MODALITY))
            what = pick(["a radiograph", "an X-ray", "a plain film"] if m == "XR" else MODALITY[m][1:])
            out.append((pick([f"Is this {what}?", f"Is the image {what}?", f"Was this image taken as {what}?"]), "yes" if m == modality else "no"))
        if rng.random() < 0.2:
            p = part if rng.random() < 0.5 else pick(["chest", "head", "abdomen", "breast"])
            if p in PARTS_ASKED:
                out.append((pick([f"Is this an image of the {p}?", f"Is this a study of the {p}?", f"Is the {p} shown?"]), "yes" if p == part else "no"))
        if view in ("pa", "ap"):
            out.append((pick(["Is this an AP or PA film?", "Is this a PA or AP view?", "What is the view?"]), view.upper()))
        if view in ("axial", "sagittal", "coronal"):
            out.append((pick(["What plane is this?", "In what plane was this image taken?", "What is the plane?", "Which plane is the image shown in?"]), view))
            asked = view if rng.random() < 0.5 else pick(["axial", "sagittal", "coronal"])
            if rng.random() < 0.3:
                out.append((pick([f"Is this in the {asked} plane?", f"Is this {'an' if asked == 'axial' else 'a'} {asked} image?"]),
                            "yes" if asked == view else "no"))
        if record["source"] == "figshare-brain-tumor":
            if rng.random() < 0.3:  # the source states T1 weighting with contrast
                word = pick(["T1", "T2", "FLAIR", "contrast"])
                out.append((f"Is this a {word} weighted image?" if word[0] == "T" else "Is this a FLAIR image?" if word == "FLAIR"
                            else pick(["Was contrast used?", "Was IV contrast given?"]), "yes" if word in ("T1", "contrast") else "no"))
            out.append((pick([TUMOR_QUESTION, "What is the abnormality?", "What is the primary abnormality in this image?"]),
                        record["labels"][0]))
        if record["source"] == "kermany-cxr" and "PNEUMONIA" in record["labels"]:
            bacterial = "bacteria" in record["labels"]
            out += [(KIND_QUESTION, "bacterial" if bacterial else "viral"), (BACTERIAL_QUESTION, "yes" if bacterial else "no"),
                    (VIRAL_QUESTION, "no" if bacterial else "yes")]
        if record["source"] in ("kermany-cxr", "nih-chestxray14") and rng.random() < 0.2:
            out.append(("Is this a child?", "yes" if record["source"] == "kermany-cxr" or int(record.get("age") or 50) < 10 else "no"))
    for qa in record.get("qa", []):
        answer = clean(str(qa["answer"]))
        short = answer.lower()
        out.append((clean(qa["question"]), short if len(short) < 80 else answer))
    return [(q if rng.random() < 0.85 else q.lower(), a) for q, a in out]


def balance(records):
    """For each source and finding, how often to ask when the answer is (no, yes): at most two of one for one of the other."""
    rates = {}
    train = [r for r in records if r["split"] == "train"]
    for source in {r["source"] for r in train}:
        for f in FINDINGS:
            values = [stated(r, f) for r in train if r["source"] == source]
            yes, no = values.count(True), values.count(False)
            if min(yes, no) == 0:  # one answer only (every brain MR has a tumor): ask now and then
                rates[source, f] = (0.15, 0.15)
            else:
                rates[source, f] = (min(1.0, 2.0 * yes / no), min(1.0, 2.0 * no / yes))
    return rates
