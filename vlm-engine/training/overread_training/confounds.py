"""What the model leans on beside the finding: where an image comes from, its size and window, and whether it knows left from right."""
import re
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from . import SEED
from .calibrate import dev_of
from .encoder import GRID
from .questions import FINDINGS, clean, stated
from .records import load
from .runtime import Model

THINNED = {"kermany-cxr": 6, "figshare-brain-tumor": 3, "hc18": 3}
ASKED = {"nih-chestxray14": ["abnormality", "effusion", "infiltration", "pneumonia"], "kermany-cxr": ["pneumonia"],
         "busi": ["breast-malignancy"], "iq-othnccd": ["ct-malignancy"], "figshare-brain-tumor": ["meningioma", "glioma", "pituitary-tumor"]}


def shrunk(image, side):
    return image.resize((side, side), Image.BILINEAR)


def curve(image, gamma=1.0, contrast=1.0):
    x = (np.asarray(image, np.float32) / 255) ** gamma
    return Image.fromarray((np.clip((x - 0.5) * contrast + 0.5, 0, 1) * 255).astype(np.uint8))


COPIES = {"as it is": lambda i: i, "128 px, squashed to a square": lambda i: shrunk(i, 128), "224 px, squashed to a square": lambda i: shrunk(i, 224),
          "gamma 0.7": lambda i: curve(i, 0.7), "gamma 1.4": lambda i: curve(i, 1.4), "contrast + 40 %": lambda i: curve(i, 1, 1.4),
          "contrast - 40 %": lambda i: curve(i, 1, 0.6)}


def opened(data, record):
    return Image.open(Path(data) / record["image"]).convert("L")


def embedding(model, image):
    return model.features(image)[0, :GRID * GRID].mean(0)


def source_told(model, data, records, each=120):
    """Sources told apart by a linear classifier on the mean image token: all of them, and the chest radiographs alone."""
    lines = ["| images | sources | accuracy on dev | majority |", "| --- | --- | --- | --- |"]
    rng = np.random.default_rng([SEED, 71])
    sources = sorted({r["source"] for r in records if r["source"] != "junk"})
    train = []
    for s in sources:
        rows = [r for r in records if r["source"] == s and r["split"] == "train"]
        train += [rows[i] for i in rng.permutation(len(rows))[:each]]
    dev = dev_of(records, THINNED)
    x, y = (np.stack([embedding(model, opened(data, r)) for r in part]) for part in (train, dev))
    scale = StandardScaler().fit(x)
    for name, chosen in (("all", lambda r: True), ("chest radiographs", lambda r: (r["modality"], r["body_part"]) == ("XR", "Chest"))):
        a, b = ([i for i, r in enumerate(part) if chosen(r)] for part in (train, dev))
        fit = LogisticRegression(C=0.1, max_iter=2000).fit(scale.transform(x[a]), [train[i]["source"] for i in a])
        truth = np.array([dev[i]["source"] for i in b])
        right = float((fit.predict(scale.transform(y[b])) == truth).mean())
        most = max((truth == s).mean() for s in set(truth))
        lines.append(f"| {name} | {len(set(truth))} | {right:.3f} | {most:.3f} |")
    return lines


def copies(model, data, records):
    """AUROC within each source on copies of the same dev images, and how far the log odds move."""
    dev = [r for r in dev_of(records, THINNED) if r["source"] in ASKED]
    answers = {}
    for r in dev:
        image = opened(data, r)
        for name, change in COPIES.items():
            features = model.features(change(image))
            for f in ASKED[r["source"]]:
                answers.setdefault((r["source"], f), {}).setdefault(name, []).append((model.yes_no(features, FINDINGS[f]["question"]), stated(r, f)))
    lines = ["| copy | " + " | ".join(ASKED) + " | mean change of the log odds |", "| --- |" + " --- |" * (len(ASKED) + 1)]
    for name in COPIES:
        cells, moved = [], []
        for s, findings in ASKED.items():
            scores = []
            for f in findings:
                x, y = (np.array(v, float) for v in zip(*answers[s, f][name]))
                scores.append(roc_auc_score(y, x))
                moved += list(np.abs(x - np.array([v for v, _ in answers[s, f]["as it is"]])))
            cells.append(f"{np.mean(scores):.3f}")
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {np.mean(moved):.2f} |")
    return lines


def turned(text):
    swap = {"left": "right", "right": "left"}
    return re.sub(r"\b(left|right)\b", lambda m: swap[m[0]], text)


def mirrored(model, data, records):
    """Dev questions that name a side, on the image and on its mirror image: a model that knows sides changes its answer with them."""
    asked = right = changed = right_mirrored = 0
    for r in records:
        for qa in r.get("qa", []) if r["split"] == "dev" else []:
            question, answer = clean(qa["question"]), clean(str(qa["answer"])).lower()
            if not re.search(r"\b(left|right)\b", (question + " " + answer).lower()):
                continue
            image = opened(data, r)
            here, there = (model.say(model.features(i), question).lower() for i in (image, ImageOps.mirror(image)))
            asked += 1
            right += here == answer
            changed += here != there
            side_in_answer = re.search(r"\b(left|right)\b", answer)
            right_mirrored += there == turned(answer) if side_in_answer else 0
    return [f"Questions of dev that name a side: {asked}; answered right {right}; another answer on the mirror image {changed}; "
            f"the mirrored side named on the mirror image {right_mirrored}."]


def measure(data, folder):
    model, records = Model(folder), load(data)
    return "\n".join(["Source from the embedding:", "", *source_told(model, data, records), "", "Copies of the same image:", "",
                      *copies(model, data, records), "", *mirrored(model, data, records)])
