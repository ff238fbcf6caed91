"""What the encoder is told about an image: one number a label, NaN where the source says nothing, and where it is."""
import re

import numpy as np

NIH = ["Atelectasis", "Cardiomegaly", "Effusion", "Infiltration", "Mass", "Nodule", "Pneumonia", "Pneumothorax",
       "Consolidation", "Edema", "Emphysema", "Fibrosis", "Pleural_Thickening", "Hernia"]
MODALITIES = ["XR", "CT", "MR", "US"]
PARTS = ["Chest", "Head", "Abdomen", "Breast", "Fetal head", "Lung", "Musculoskeletal", "Pelvis"]
PLANES = ["axial", "sagittal", "coronal"]
ORGANS = ["skull and contents", "gastrointestinal", "musculoskeletal", "lung, mediastinum, pleura", "spine and contents",
          "genitourinary", "heart and great vessels", "face, sinuses, and neck", "vascular and lymphatic", "breast"]
TUMORS = ["meningioma", "glioma", "pituitary tumor"]
# What a question about the technique settles: label, pattern of the word, modalities it can be asked of.
TECHNIQUES = {"T1": r"\bt1", "T2": r"\bt2", "FLAIR": r"\bflair", "diffusion": r"\b(dwi|adc|diffusion)", "contrast": r"contrast|\biv\b|\bcta\b"}

LABELS = ([f"nih:{f}" for f in NIH] + ["nih:No Finding"]
          + ["child:pneumonia", "child:bacteria"]
          + ["breast:lesion", "breast:malignant"]
          + [f"brain:{k}" for k in TUMORS]
          + ["ct:lesion", "ct:malignant"]
          + ["lung:abnormal", "lung:B-lines", "lung:Pleural line irregularities"]
          + [f"modality:{m}" for m in MODALITIES] + [f"part:{p}" for p in PARTS]
          + [f"plane:{p}" for p in PLANES] + [f"organ:{o}" for o in ORGANS] + [f"technique:{t}" for t in TECHNIQUES]
          + ["view:AP", "child", "radiology"])
INDEX = {name: i for i, name in enumerate(LABELS)}


def spoken(name):
    """A label as a question would name it: nih:Pleural_Thickening is pleural thickening."""
    return name.split(":")[-1].replace("_", " ").lower()


OWN = "own"  # the source of a user's images: they state findings by their ids in the catalogue
# finding id -> (label, the answer is yes when the label is this)
LABEL_OF = {"abnormality": ("nih:No Finding", 0), "ct-lesion": ("ct:lesion", 1), "ct-malignancy": ("ct:malignant", 1),
            "meningioma": ("brain:meningioma", 1), "glioma": ("brain:glioma", 1), "pituitary-tumor": ("brain:pituitary tumor", 1),
            "breast-lesion": ("breast:lesion", 1), "breast-malignancy": ("breast:malignant", 1),
            "lung-abnormality": ("lung:abnormal", 1), "b-lines": ("lung:B-lines", 1),
            "pleural-line-irregularity": ("lung:Pleural line irregularities", 1), "fetal-head": ("part:Fetal head", 1)}
LABEL_OF.update({n.lower().replace("_", "-"): (f"nih:{n}", 1) for n in NIH})
EASY = ("modality", "part", "view", "child", "radiology")
ASKED = ("plane", "organ", "technique")


def weight_of(name):
    """An NIH image states fifteen hard labels, others two or three; what says what kind of image it is, is learnt at once, its plane and organ are not."""
    kind = name.split(":")[0]
    if kind in ("nih", *ASKED):
        return 3.0
    return 0.3 if kind in EASY and name not in ("child:pneumonia", "child:bacteria") else 6.0


WEIGHTS = np.array([weight_of(n) for n in LABELS], np.float32)


def technique(question, answer):
    """Label -> True or False for what a question on the technique and its answer settle (VQA-RAD and VQA-Med wording)."""
    q, a = question.lower(), answer.lower().strip(" .")
    text, yes = (q, a == "yes") if a in ("yes", "no") else (a, True)
    if a in ("yes", "no") and " or " in q or re.search(r"\bgi\b", text) and "iv" not in text:
        return {}
    if re.search(r"non-?\s?contrast|without (iv |intravenous )?contrast", text):
        return {"contrast": not yes}
    out = {t: yes for t, word in TECHNIQUES.items() if re.search(word, text)}
    if yes and {"T1", "T2"} & set(out):
        out = {"T1": False, "T2": False} | out
    return out


def settled(record, qa):
    """(number of the label that answers a question of the question sets, whether its yes is the answer's), None where none does."""
    kind, answer = str(qa.get("type")), str(qa["answer"]).lower().strip(" .")
    if kind in ("PLANE/OPEN", "ORGAN/OPEN"):
        name = f"{kind.split('/')[0].lower()}:{answer}"
        return (INDEX[name], True) if name in INDEX else None
    if kind.startswith("MODALITY") and record["modality"] in ("CT", "MR"):
        found = technique(qa["question"], answer)
        return next(((INDEX[f"technique:{t}"], value) for t, value in sorted(found.items(), key=lambda f: not f[1])), None)
    return None


# What a yes or no to a question on a chest radiograph settles (VQA-RAD's wording): label, pattern, the label is the answer (True) or its opposite.
CHEST = [("nih:Cardiomegaly", r"less than half|(heart|silhouette).*(normal size|size normal|within normal)|(normal|size) of the heart", False),
         ("nih:Cardiomegaly", r"cardiomegaly|cardiac enlargement|(heart|silhouette|shadow).*(enlarged|large\b|too big|wider|greater than|exceed|dilated)", True),
         ("nih:Effusion", r"costophrenic.*(sharp|preserved)", False),
         ("nih:Effusion", r"pleural effusion|fluid in the|blunt.*costophrenic|costophrenic.*blunt", True),
         ("nih:Pneumothorax", r"pneu\w*thorax", True), ("nih:Consolidation", r"consolidation", True), ("nih:Infiltration", r"infiltrate", True),
         ("nih:Nodule", r"nodule\b|nodules\b", True), ("nih:Mass", r"\bmass\b", True), ("nih:Emphysema", r"hyperinflat", True),
         ("nih:Edema", r"pulmonary edema", True), ("nih:No Finding", r"(image|study|x-?ray|film|findings) (a )?normal|a normal (image|x-?ray|film)", True),
         ("nih:No Finding", r"abnormal (image|film|findings)|anything (wrong|abnormal)|there an abnormality|there abnormalities", False)]


def chest(question, answer):
    """Label -> True or False for what a question on a chest radiograph and its answer settle."""
    q, a = question.lower(), answer.lower().strip(" .")
    if a in ("pa", "ap"):
        return {"view:AP": a == "ap"}
    if a not in ("yes", "no") or " or " in q:
        return {}
    return next(({label: (a == "yes") == same} for label, word, same in CHEST if re.search(word, q)), {})


def targets(record):
    """The label vector of a record (see shared/data README for what each source states)."""
    t = np.full(len(LABELS), np.nan, np.float32)
    src, labels = record["source"], record["labels"]

    def put(name, value):
        t[INDEX[name]] = float(value)

    put("radiology", src != "junk")
    if src == "junk":
        for group in ("modality", "part"):
            for n in LABELS:
                if n.startswith(group + ":"):
                    put(n, 0)
        return t
    for m in MODALITIES:
        put(f"modality:{m}", m == record["modality"])
    for p in PARTS:
        put(f"part:{p}", p == record["body_part"])
    view = (record["view"] or "").lower()
    if view in PLANES + ["transverse"]:
        for p in PLANES:
            put(f"plane:{p}", p == view or (p == "axial" and view == "transverse"))
    if view in ("pa", "ap"):
        put("view:AP", view == "ap")
    for qa in record.get("qa", []):
        kind, answer = str(qa.get("type")), str(qa["answer"])
        if kind == "ORGAN/OPEN" and answer.lower() in ORGANS:
            for o in ORGANS:
                put(f"organ:{o}", o == answer.lower())
        if kind.startswith("MODALITY") and record["modality"] in ("CT", "MR"):
            for name, value in technique(qa["question"], answer).items():
                put(f"technique:{name}", value)
        if src != OWN and record["split"] == "train" and (record["modality"], record["body_part"]) == ("XR", "Chest"):  # dev is what its source states
            for name, value in chest(qa["question"], answer).items():
                put(name, value)
    if src == OWN:
        for finding, value in record["findings"].items():
            if finding != "abnormality" or (record["modality"], record["body_part"]) == ("XR", "Chest"):  # its label is of chest radiographs
                name, yes = LABEL_OF[finding]
                put(name, value == bool(yes))
        if "age" in record and (record["modality"], record["body_part"]) == ("XR", "Chest"):
            put("child", record["age"] < 10)
    elif src == "nih-chestxray14":
        for f in NIH + ["No Finding"]:
            put(f"nih:{f}", f in labels)
        put("child", int(record.get("age") or 50) < 10)
    elif src == "kermany-cxr":
        put("child", 1)
        put("child:pneumonia", "PNEUMONIA" in labels)
        if "PNEUMONIA" in labels:
            put("child:bacteria", "bacteria" in labels)
    elif src == "busi":
        put("breast:lesion", "normal" not in labels)
        put("breast:malignant", "malignant" in labels)
    elif src == "figshare-brain-tumor":
        for k in TUMORS:
            put(f"brain:{k}", k in labels)
    elif src == "iq-othnccd":
        put("ct:lesion", "normal" not in labels)
        put("ct:malignant", "malignant" in labels)
    elif src == "pocus":
        put("lung:abnormal", "Regular (healthy)" not in labels)
        if "Regular (healthy)" in labels or {"B-lines", "Pleural line irregularities"} & set(labels):
            put("lung:B-lines", "B-lines" in labels)
            put("lung:Pleural line irregularities", "Pleural line irregularities" in labels)
    return t


def boxes(record):
    """(label index, relative x, y, width, height) of everything the source outlines."""
    names = {"nih-chestxray14": lambda b: "nih:" + b["label"].replace("Infiltrate", "Infiltration"),
             "figshare-brain-tumor": lambda b: "brain:" + b["label"], "hc18": lambda b: "part:Fetal head", OWN: lambda b: LABEL_OF[b["finding"]][0]}
    out = []
    for b in record.get("boxes") or []:
        x, y, w, h = b["xywh_relative"] if "xywh_relative" in b else [v / 1024 for v in b["xywh_1024"]]
        name = names[record["source"]](b)
        if name in INDEX:
            out.append((INDEX[name], x, y, w, h))
    return out
