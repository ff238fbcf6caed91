"""Measures the exported model on dev: by task, against the majority answer and against a blank image."""
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from . import SEED
from .labels import INDEX, LABELS
from .questions import FINDINGS, KIND_QUESTION, LABEL_OF, MODALITY, REFUSAL, REPORT, SHOWS, TUMOR_QUESTION, clean, foreign, stated
from .records import load, picture
from .runtime import Model

BLANK = np.zeros((384, 384), np.uint8)
NAMED = {"Cardiomegaly": r"heart is enlarged|cardiomegaly", "Effusion": r"(a|show) pleural effusion", "Pneumothorax": r"a pneumothorax",
         "Pneumonia": "signs of pneumonia", "Infiltration": "a pulmonary infiltrate", "Consolidation": "consolidation",
         "Edema": "pulmonary edema", "Atelectasis": "atelectasis", "Mass": "a pulmonary mass", "Nodule": "a pulmonary nodule",
         "Emphysema": "emphysema", "Fibrosis": "fibrosis", "Pleural_Thickening": "pleural thickening", "Hernia": "hernia"}


def platt(x, y, groups=None):
    """Scale and bias of sigmoid(scale*x + bias); weakly regularised, never reversed."""
    if min(y.sum(), (1 - y).sum()) < 3:
        return None
    fit = LogisticRegression(C=1.0).fit(x[:, None], y)
    scale, bias = float(fit.coef_[0, 0]), float(fit.intercept_[0])
    if scale < 0.02:  # no ranking on dev: answer the base rate
        scale, bias = 0.02, float(np.log(y.mean() / (1 - y.mean())) - 0.02 * x.mean())
    return {"scale": round(scale, 4), "bias": round(bias, 4)}


def probability(c, x):
    return 1 / (1 + np.exp(-(c["scale"] * x + c["bias"])))


def calibrate(asked):
    """asked: question -> (differences, truths). A question with too little of either answer gets the pooled fit."""
    default = platt(np.concatenate([x for x, _, _ in asked.values()]), np.concatenate([y for _, y, _ in asked.values()]))
    by_question = {}
    for q, (x, y, _) in asked.items():
        fit = platt(x, y) if min(y.sum(), (1 - y).sum()) >= 5 else None
        if fit:
            by_question[q] = fit
    return {"default": default, "by_question": by_question}


def ece(p, y, bins=10):
    which = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[which == b].mean() - y[which == b].mean()) * (which == b).mean() for b in range(bins) if (which == b).any()))


def auroc(x, y):
    return float(roc_auc_score(y, x)) if 0 < y.sum() < len(y) else float("nan")


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def token_f1(a, b):
    a, b = words(a), words(b)
    same = sum((Counter(a) & Counter(b)).values())
    return 2 * same / (len(a) + len(b)) if same else 0.0


THINNED = {"kermany-cxr": 6, "figshare-brain-tumor": 2, "hc18": 2}  # every so-manieth dev image of the large, easy sources


def dev_of(records):
    seen, out = Counter(), []
    for r in records:
        if r["split"] == "dev":
            if seen[r["source"]] % THINNED.get(r["source"], 1) == 0:
                out.append(r)
            seen[r["source"]] += 1
    return out


def asked_of(record, finding):
    """Whether the catalogue asks this of such an image and the source states the answer."""
    modality, part = SHOWS[FINDINGS[finding]["catalogue"]]
    fits = record["modality"] == modality and part in (None, record["body_part"])
    return fits and stated(record, finding) is not None


def ask_all(model, data, records):
    """Everything the table needs, one image at a time."""
    out = []
    for n, r in enumerate([None, *records]):
        image = BLANK if r is None else picture(data, r, 384)
        f = model.features(image)
        row = {"record": r, "differences": {}, "said": {}}
        for name, finding in FINDINGS.items():
            if r is None or asked_of(r, name):
                row["differences"][name] = model.yes_no(f, finding["question"])
        extra = [REPORT]
        if r is None:
            extra += ["What imaging modality is this?", "Which part of the body is shown?", TUMOR_QUESTION, KIND_QUESTION]
            extra += sorted({clean(q["question"]) for x in records for q in x.get("qa", [])})
            extra += [x["question"] for x in FINDINGS.values()]
        else:
            if r["source"] != "junk":
                extra += ["What imaging modality is this?", "Which part of the body is shown?"]
            if r["source"] == "figshare-brain-tumor":
                extra.append(TUMOR_QUESTION)
            if "PNEUMONIA" in r["labels"]:
                extra.append(KIND_QUESTION)
            rng = np.random.default_rng([SEED, 51, n])
            wrong = [FINDINGS[x]["question"] for x in FINDINGS if foreign(r, x)]
            row["wrong"] = [str(q) for q in rng.permutation(wrong)[:1]]
            extra += row["wrong"] + [clean(q["question"]) for q in r.get("qa", [])]
        for q in extra:
            if q not in row["said"]:
                row["said"][q] = model.say(f, q)
        out.append(row)
    return out[0], out[1:]


def gather(rows):
    asked = {}
    for name, finding in FINDINGS.items():
        got = [(row["differences"][name], stated(row["record"], name), row["record"]["group"]) for row in rows if name in row["differences"]]
        if got:
            x, y, g = zip(*got)
            asked[finding["question"]] = (np.array(x), np.array(y, float), np.array(g))
    return asked


def measure(data, folder, work):
    """Runs everything once; returns the calibration (fitted on all of dev) and the tables as Markdown."""
    model = Model(folder)
    records = dev_of(load(data))
    blank, rows = ask_all(model, data, records)
    asked = gather(rows)
    calibration = calibrate(asked)
    linear = encoder_logits(data, work, [row["record"] for row in rows])
    lines = []

    # yes/no by finding
    lines += ["### Yes/no findings (catalogue wording)", "",
              "Accuracy at the calibrated 0.5; calibration fitted on the other half of dev (split by group). AUROC of a blank image is 0.5 by definition.",
              "", "| question | images | yes | AUROC | AUROC of the encoder's own label | accuracy | majority answer | blank image |",
              "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    pooled_p, pooled_y = [], []
    nih = []
    tests = [(f["question"], name, None) for name, f in FINDINGS.items()]
    tests += [("Is there pneumonia?", "pneumonia", "nih-chestxray14"), ("Is there pneumonia?", "pneumonia", "kermany-cxr")]
    for question, name, source in tests:
        keep = [i for i, row in enumerate(rows) if name in row["differences"] and (source is None or row["record"]["source"] == source)]
        if not keep:
            continue
        x = np.array([rows[i]["differences"][name] for i in keep])
        y = np.array([stated(rows[i]["record"], name) for i in keep], float)
        half = np.array([hash_half(rows[i]["record"]["group"]) for i in keep])
        p, b = np.zeros(len(x)), np.zeros(len(x))
        for side in (0, 1):
            fit = None
            if min(y[half != side].sum(), (1 - y[half != side]).sum()) >= 3:
                fit = platt(x[half != side], y[half != side])
            fit = fit or calibration["default"]
            p[half == side] = probability(fit, x[half == side])
            b[half == side] = probability(fit, np.array([blank["differences"][name]]))
        if source is None:
            pooled_p.append(p)
            pooled_y.append(y)
        label, yes = LABEL_OF[name] if source != "kermany-cxr" else ("child:pneumonia", 1)
        own = linear[keep, INDEX[label]] * (1 if yes else -1)
        own_auc = auroc(own, y) if source or name not in ("abnormality", "pneumonia") else float("nan")
        if label.startswith("nih:") and y.sum() >= 10 and name not in ("abnormality", "pneumonia") or source == "nih-chestxray14":
            nih.append((auroc(x, y), own_auc))
        lines.append(f"| {question}{' (' + source + ')' if source else ''} | {len(y)} | {int(y.sum())} | {show(auroc(x, y))} | {show(own_auc)} | "
                     f"{(y == (p > 0.5)).mean():.3f} | {max(y.mean(), 1 - y.mean()):.3f} | {(y == (b > 0.5)).mean():.3f} |")
    p, y = np.concatenate(pooled_p), np.concatenate(pooled_y)
    lines += ["", f"NIH findings with 10 or more positives: mean AUROC {np.mean([a for a, _ in nih]):.3f} "
              f"(the encoder's own labels {np.mean([b for _, b in nih]):.3f}, {len(nih)} findings).",
              f"Expected calibration error over all {len(y)} yes/no answers, each half calibrated on the other: {ece(p, y):.3f}; "
              f"before calibration {ece(1 / (1 + np.exp(-np.concatenate([asked[q][0] for q in asked]))), np.concatenate([asked[q][1] for q in asked])):.3f}.", ""]

    # other tasks: (name, list of (model, blank, truth))
    lines += ["### Other questions", "", "| task | images or questions | model | majority answer | blank image |", "| --- | --- | --- | --- | --- |"]

    def task(name, triples, score=lambda a, b: float(a.lower().strip(" .") == b.lower().strip(" .")), majority=None):
        if not triples:
            return
        common = majority or Counter(t.lower() for _, _, t in triples).most_common(1)[0][0]
        lines.append(f"| {name} | {len(triples)} | {np.mean([score(a, t) for a, _, t in triples]):.3f} | "
                     f"{np.mean([score(common, t) for _, _, t in triples]):.3f} | {np.mean([score(b, t) for _, b, t in triples]):.3f} |")

    def said(q, truth, keep):
        return [(row["said"][q], blank["said"][q], truth(row["record"])) for row in rows if q in row["said"] and keep(row["record"])]

    real = lambda r: r["source"] != "junk"  # noqa: E731
    task("modality, exact", said("What imaging modality is this?", lambda r: MODALITY[r["modality"]][0], real))
    task("body part, exact", said("Which part of the body is shown?", lambda r: r["body_part"], real))
    task("brain tumor of three kinds", said(TUMOR_QUESTION, lambda r: r["labels"][0], real))
    task("pneumonia of children, bacterial or viral", said(KIND_QUESTION, lambda r: "bacterial" if "bacteria" in r["labels"] else "viral",
                                                           lambda r: r["source"] == "kermany-cxr"))
    for source in ("vqa-rad", "vqa-med-2019"):
        qa = [(row, q) for row in rows if row["record"]["source"] == source for q in row["record"]["qa"]]
        pair = lambda row, q: (row["said"][clean(q["question"])], blank["said"][clean(q["question"])], clean(str(q["answer"])))  # noqa: E731
        closed = [pair(row, q) for row, q in qa if "CLOSED" in q["type"]]
        task(f"{source} closed, exact", closed)
        task(f"{source} yes/no, exact", [t for t in closed if t[2].lower() in ("yes", "no")])
        task(f"{source} open, token F1", [pair(row, q) for row, q in qa if "OPEN" in q["type"]], token_f1)
        task(f"{source} open, plane only, exact", [pair(row, q) for row, q in qa if "PLANE/OPEN" in q["type"]])

    # refusals and reports
    refused = lambda text: text.strip() == REFUSAL  # noqa: E731
    junk = [row for row in rows if row["record"]["source"] == "junk"]
    wrong = [row["said"][q] for row in rows if real(row["record"]) for q in row["wrong"]]
    labelled = [row for row in rows if real(row["record"]) and not row["record"].get("qa")]
    lines += ["", "### Refusals and reports", "", "| what | images or questions | share |", "| --- | --- | --- |",
              f"| report refused on blank, noise, shapes, photographs | {len(junk)} | {np.mean([refused(r['said'][REPORT]) for r in junk]):.3f} |",
              f"| finding question refused on the same | {sum(len(r['wrong']) for r in junk)} | "
              f"{np.mean([refused(r['said'][q]) for r in junk for q in r['wrong']]):.3f} |",
              f"| finding question refused for another modality or region | {len(wrong)} | {np.mean([refused(t) for t in wrong]):.3f} |",
              f"| report wrongly refused on real images | {len(labelled)} | {np.mean([refused(r['said'][REPORT]) for r in labelled]):.3f} |"]
    adults = [row for row in rows if row["record"]["source"] == "nih-chestxray14"]
    hit = wrong_named = missed = 0
    for row in adults:
        named = {n for n, pattern in NAMED.items() if re.search(pattern, positive(row["said"][REPORT]))}
        truth = set(row["record"]["labels"]) & set(NAMED)
        hit, wrong_named, missed = hit + len(named & truth), wrong_named + len(named - truth), missed + len(truth - named)
    lines += ["", f"Reports on the {len(adults)} adult chest radiographs: {len({r['said'][REPORT] for r in adults})} different texts; findings named: precision "
              f"{hit / max(1, hit + wrong_named):.3f}, recall {hit / max(1, hit + missed):.3f}, F1 {2 * hit / max(1, 2 * hit + wrong_named + missed):.3f}. "
              f"The blank image gets: \"{blank['said'][REPORT]}\""]
    task_rows = {}
    for source, phrase in (("kermany-cxr", lambda r: "pneumonia" if "PNEUMONIA" in r["labels"] else "clear"),
                           ("busi", lambda r: r["labels"][0]), ("figshare-brain-tumor", lambda r: r["labels"][0]), ("iq-othnccd", lambda r: r["labels"][0])):
        some = [row for row in rows if row["record"]["source"] == source]
        told = [told_by(row["said"][REPORT], source) == phrase(row["record"]) for row in some]
        most = Counter(phrase(row["record"]) for row in some).most_common(1)[0][1] / len(some)
        task_rows[source] = (np.mean(told), most, len(some))
    lines += ["", "| report names the right state | images | model | majority |", "| --- | --- | --- | --- |"]
    lines += [f"| {s} | {n} | {a:.3f} | {m:.3f} |" for s, (a, m, n) in task_rows.items()]
    examples = ["", "### Examples (dev)", ""]
    for row in [adults[k] for k in range(0, len(adults), max(1, len(adults) // 5))][:5]:
        examples.append(f"- labels {', '.join(row['record']['labels'])}: {row['said'][REPORT]}")
    (Path(work) / "said.json").write_text(json.dumps([{"id": r["record"]["id"], "labels": r["record"]["labels"], "said": r["said"]} for r in rows], indent=1))
    return calibration, "\n".join(lines + examples) + "\n"


def positive(text):
    """The sentences that state something present."""
    return " ".join(s for s in re.split(r"(?<=\.) ", text) if not re.search(r"\bno\b|\bnot\b|normal heart|clear", s, re.I)).replace("Cardiomegaly", "cardiomegaly")


def told_by(text, source):
    if source == "kermany-cxr":
        return "clear" if re.search("clear|No sign of pneumonia", text) else "pneumonia" if "pneumonia" in text else ""
    for name in ("meningioma", "glioma", "pituitary tumor"):
        if name in text:
            return name
    return "malignant" if "malignancy" in text else "benign" if "benign" in text else "normal" if "No " in text else ""


def hash_half(group):
    import zlib
    return zlib.crc32(group.encode()) & 1


def show(v):
    return "-" if np.isnan(v) else f"{v:.3f}"


def encoder_logits(data, work, records):
    """The linear head of the encoder on the plain images, for comparison."""
    index = np.load(Path(work) / "features.npz")
    all_records = {r["id"]: i for i, r in enumerate(load(data))}
    plain = {int(i): n for n, (i, k) in enumerate(index["rows"]) if k == 0}
    return np.stack([index["logits"][plain[all_records[r["id"]]]] for r in records]).reshape(len(records), len(LABELS))
