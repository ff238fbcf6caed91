"""What is asked about an image and what its source answers: never more than the source states."""
import json
import re
from pathlib import Path

import numpy as np

from .labels import INDEX, NIH, targets

CATALOGUE = Path(__file__).parents[2] / "src/main/resources/io/overread/vlm/finding/catalogue.json"
REFUSAL = "Cannot be determined from this image."
REPORT = "Describe the findings."
REPORT_VARIANTS = ["describe the findings", "Describe the image.", "What does this image show?", "Write the findings.",
                   "What are the findings?"]

# finding id -> (label, the answer is yes when the label is this)
LABEL_OF = {"abnormality": ("nih:No Finding", 0), "ct-lesion": ("ct:lesion", 1), "ct-malignancy": ("ct:malignant", 1),
            "meningioma": ("brain:meningioma", 1), "glioma": ("brain:glioma", 1), "pituitary-tumor": ("brain:pituitary tumor", 1),
            "breast-lesion": ("breast:lesion", 1), "breast-malignancy": ("breast:malignant", 1),
            "lung-abnormality": ("lung:abnormal", 1), "b-lines": ("lung:B-lines", 1),
            "pleural-line-irregularity": ("lung:Pleural line irregularities", 1), "fetal-head": ("part:Fetal head", 1)}
LABEL_OF.update({n.lower().replace("_", "-"): (f"nih:{n}", 1) for n in NIH})

PARAPHRASES = {
    "abnormality": ["Is the image abnormal?", "Are there any abnormal findings?"],
    "cardiomegaly": ["Is the heart enlarged?", "Is the cardiac silhouette enlarged?", "Does this patient have cardiomegaly?"],
    "effusion": ["Is a pleural effusion present?", "Is there evidence of a pleural effusion?", "Is there fluid in the pleural space?"],
    "pneumothorax": ["Is there evidence of a pneumothorax?", "Is a pneumothorax present?"],
    "pneumonia": ["Is there evidence of pneumonia?", "Does this patient have pneumonia?", "Are there signs of pneumonia?"],
    "consolidation": ["Is there evidence of consolidation?", "Is the lung consolidated?"],
    "infiltration": ["Is there an infiltrate?", "Are there pulmonary infiltrates?"],
    "atelectasis": ["Is there evidence of atelectasis?", "Is atelectasis present?"],
    "edema": ["Is there evidence of pulmonary edema?", "Does the lung show edema?"],
    "emphysema": ["Is there evidence of emphysema?"], "fibrosis": ["Is there evidence of fibrosis?"],
    "nodule": ["Is a lung nodule present?", "Are there any nodules?"], "mass": ["Is there a lung mass?", "Is a mass present?"],
    "pleural-thickening": ["Is the pleura thickened?"], "hernia": ["Is there evidence of a hiatal hernia?"],
    "ct-lesion": ["Is there a lesion in the lung?"], "ct-malignancy": ["Is the lung lesion malignant?"],
    "meningioma": ["Is the tumor a meningioma?"], "glioma": ["Is the tumor a glioma?"],
    "pituitary-tumor": ["Is there a tumor of the pituitary?"],
    "breast-lesion": ["Is there a lesion in the breast?"], "breast-malignancy": ["Is the breast lesion malignant?"],
    "lung-abnormality": ["Is this lung ultrasound abnormal?"], "b-lines": ["Are B-lines present?"],
    "pleural-line-irregularity": ["Is there pleural line irregularity?"], "fetal-head": ["Does this image show a fetal head?"]}

MODALITY = {"XR": ["X-ray", "a radiograph"], "CT": ["CT", "a CT scan"], "MR": ["MRI", "an MRI"], "US": ["ultrasound", "an ultrasound image"]}
MODALITY_QUESTIONS = ["What imaging modality is this?", "What is the imaging modality?", "What imaging modality was used to take this image?",
                      "What kind of image is this?", "How was this image taken?"]
PART_QUESTIONS = ["Which part of the body is shown?", "What part of the body is being imaged?", "What body part does this image show?",
                  "Which organ system is imaged?"]
KIND_QUESTION = "Is the pneumonia bacterial or viral?"
TUMOR_QUESTION = "What kind of tumor is shown?"
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


def report(record, rng):
    """A short report composed from the labels: no image of the data comes with a real one."""
    def pick(*options):  # the first wording is the usual one
        return options[0] if rng.random() < 0.6 else options[int(rng.integers(len(options)))]

    src, labels = record["source"], set(record["labels"])
    if src == "junk":
        return REFUSAL
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
    say = lambda f: FINDINGS[f]["question"] if rng.random() < 0.6 or f not in PARAPHRASES \
        else PARAPHRASES[f][int(rng.integers(len(PARAPHRASES[f])))]  # noqa: E731
    for f in FINDINGS:
        value = stated(record, f)
        if value is not None and rng.random() < rates[record["source"], f][int(value)]:
            out.append((say(f), "yes" if value else "no"))
    wrong = [f for f in FINDINGS if foreign(record, f)]
    for f in rng.permutation(wrong)[:8 if record["source"] == "junk" else 1]:
        out.append((say(f), REFUSAL))
    # the chest images of the question sets come without labels: no report can be composed for them
    if not (record.get("qa") and record["body_part"] == "Chest"):
        variant = REPORT if rng.random() < 0.75 else REPORT_VARIANTS[int(rng.integers(len(REPORT_VARIANTS)))]
        out.append((variant, report(record, rng)))
    if rng.random() < 0.15:
        out.append((PRIOR_QUESTIONS[int(rng.integers(len(PRIOR_QUESTIONS)))], REFUSAL))
    pick = lambda options: options[int(rng.integers(len(options)))]  # noqa: E731
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
            out.append((f"Is this {pick(['a radiograph', 'an X-ray'] if m == 'XR' else MODALITY[m][1:])}?", "yes" if m == modality else "no"))
        if view in ("pa", "ap"):
            out.append((pick(["Is this an AP or PA film?", "Is this a PA or AP view?", "What is the view?"]), view.upper()))
        if view in ("axial", "sagittal", "coronal"):
            out.append((pick(["What plane is this?", "In what plane was this image taken?", "What is the plane?"]), view))
        if record["source"] == "figshare-brain-tumor":
            out.append((pick([TUMOR_QUESTION, "What is the abnormality?", "What is the primary abnormality in this image?"]),
                        record["labels"][0]))
        if record["source"] == "kermany-cxr" and "PNEUMONIA" in record["labels"]:
            out.append((KIND_QUESTION, "bacterial" if "bacteria" in record["labels"] else "viral"))
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
