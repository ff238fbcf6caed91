"""Platt scaling of yes and no, fitted on dev through the exported files; and what it is worth on the half it was not fitted on."""
import zlib
from pathlib import Path

import numpy as np
from PIL import Image
from sklearn.linear_model import LogisticRegression

from .questions import BACTERIAL_QUESTION, FINDINGS, SHOWS, clean, stated
from .records import load
from .runtime import Model

THINNED = {"kermany-cxr": 3, "figshare-brain-tumor": 1}  # every so-manieth dev image of the large, easy sources
FREE = "free questions"  # the default's fit: yes or no questions that are not the catalogue's


def platt(x, y):
    """Scale and bias of sigmoid(scale * x + bias); weakly regularised, never reversed. None with too little of either answer."""
    if min(y.sum(), (1 - y).sum()) < 5:
        return None
    fit = LogisticRegression(C=1.0).fit(x[:, None], y)
    scale, bias = float(fit.coef_[0, 0]), float(fit.intercept_[0])
    if scale < 0.02:  # no ranking on dev: answer the base rate
        scale, bias = 0.02, float(np.log(y.mean() / (1 - y.mean())) - 0.02 * x.mean())
    return {"scale": round(scale, 4), "bias": round(bias, 4)}


def fit(asked, base=None):
    """asked: question -> (log odds, truths, groups). A question with too little of either answer gets the fit of all of those together.

    base: a calibration that holds where these answers are too few or missing.
    """
    if base and not asked:
        return base
    by_question = {q: c for q, c in ((q, platt(x, y)) for q, (x, y, _) in asked.items()) if c}
    rare = [asked[q] for q in asked if q not in by_question]
    free = by_question.pop(FREE, None)
    default = free or platt(*(np.concatenate(v) for v in list(zip(*asked.values()))[:2]))
    pooled = platt(np.concatenate([r[0] for r in rare]), np.concatenate([r[1] for r in rare])) if rare else None
    by_question.update({q: pooled for q in asked if q not in by_question and q != FREE and pooled})
    if base:
        default, by_question = default or base["default"], {**base["by_question"], **by_question}
    return {"default": default, "by_question": by_question}


def probability(calibration, question, x):
    c = calibration["by_question"].get(question, calibration["default"])
    return 1 / (1 + np.exp(-(c["scale"] * x + c["bias"])))


def error(p, y, bins=15):
    which = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[which == b].mean() - y[which == b].mean()) * (which == b).mean() for b in range(bins) if (which == b).any()))


def dev_of(records, thinned=THINNED):
    seen, out = {}, []
    for r in records:
        if r["split"] == "dev" and r["source"] != "junk":
            n = seen[r["source"]] = seen.get(r["source"], -1) + 1
            if n % thinned.get(r["source"], 1) == 0:
                out.append(r)
    return out


def asked_of(record, finding):
    """Whether the catalogue asks this of such an image and the source states the answer."""
    modality, part = SHOWS[FINDINGS[finding]["catalogue"]]
    fits = record["modality"] == modality and part in (None, record["body_part"])
    return fits and stated(record, finding) is not None


def ask(model, data, records):
    """question -> (log p(yes) - log p(no), truths, groups), every dev image once."""
    asked = {}
    for n, r in enumerate(records):
        features = model.features(Image.open(Path(data) / r["image"]))
        pairs = [(f["question"], f["question"], stated(r, name)) for name, f in FINDINGS.items() if asked_of(r, name)]
        if "PNEUMONIA" in r["labels"]:
            pairs.append((BACTERIAL_QUESTION, BACTERIAL_QUESTION, "bacteria" in r["labels"]))
        for qa in r.get("qa", []):
            answer = str(qa["answer"]).strip().lower()
            if answer in ("yes", "no"):
                pairs.append((FREE, clean(qa["question"]), answer == "yes"))
        for key, question, truth in pairs:
            asked.setdefault(key, []).append((model.yes_no(features, question), float(truth), r["group"]))
        if n % 200 == 199:
            print(f"asked {n + 1}/{len(records)}", flush=True)
    return {q: tuple(np.array(v) for v in zip(*rows)) for q, rows in asked.items()}


def cross_fitted(asked):
    """Calibration error over all answers, each half of dev (by group) calibrated on the other."""
    p, y = [], []
    half = {q: np.array([zlib.crc32(str(g).encode()) & 1 for g in rows[2]]) for q, rows in asked.items()}
    for side in (0, 1):
        learnt = fit({q: tuple(v[half[q] != side] for v in rows) for q, rows in asked.items() if (half[q] != side).any()})
        for q, rows in asked.items():
            here = half[q] == side
            p.append(probability(learnt, q, rows[0][here]))
            y.append(rows[1][here])
    return error(np.concatenate(p), np.concatenate(y))


def calibrate(data, folder):
    """The calibration for overread.json, and a line that says what it is worth."""
    asked = ask(Model(folder), data, dev_of(load(data)))
    x, y = np.concatenate([r[0] for r in asked.values()]), np.concatenate([r[1] for r in asked.values()])
    line = (f"Expected calibration error over {len(y)} yes/no answers of dev: {error(1 / (1 + np.exp(-x)), y):.3f} before calibration, "
            f"{cross_fitted(asked):.3f} after it, each half of dev calibrated on the other.")
    return fit(asked), line
