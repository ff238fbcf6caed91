"""What the encoder is told about an image: one number a label, NaN where the source says nothing."""
import numpy as np

NIH = ["Atelectasis", "Cardiomegaly", "Effusion", "Infiltration", "Mass", "Nodule", "Pneumonia", "Pneumothorax",
       "Consolidation", "Edema", "Emphysema", "Fibrosis", "Pleural_Thickening", "Hernia"]
MODALITIES = ["XR", "CT", "MR", "US"]
PARTS = ["Chest", "Head", "Abdomen", "Breast", "Fetal head", "Lung", "Musculoskeletal", "Pelvis"]
PLANES = ["axial", "sagittal", "coronal"]

LABELS = ([f"nih:{f}" for f in NIH] + ["nih:No Finding"]
          + ["child:pneumonia", "child:bacteria"]
          + ["breast:lesion", "breast:malignant"]
          + ["brain:meningioma", "brain:glioma", "brain:pituitary tumor"]
          + ["ct:lesion", "ct:malignant"]
          + ["lung:abnormal", "lung:B-lines", "lung:Pleural line irregularities"]
          + [f"modality:{m}" for m in MODALITIES] + [f"part:{p}" for p in PARTS]
          + [f"plane:{p}" for p in PLANES] + ["view:AP", "child", "radiology"])
INDEX = {name: i for i, name in enumerate(LABELS)}


def weight_of(name):
    """NIH labels are few and the hardest; the ones that say what the image is are learnt at once."""
    if name.startswith("nih:"):
        return 3.0
    return 0.3 if name.split(":")[0] in ("modality", "part", "plane", "view", "child", "radiology") and name != "child:pneumonia" \
        and name != "child:bacteria" else 1.0


WEIGHTS = np.array([weight_of(n) for n in LABELS], np.float32)


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
    if src == "nih-chestxray14":
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
        for k in ("meningioma", "glioma", "pituitary tumor"):
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
