"""MODEL_CARD.md of a fine-tuned model: what it was taught, in counts and never in names, and what it is worth on the user's own dev part."""
from collections import Counter

import numpy as np
from sklearn.metrics import roc_auc_score

from . import calibrate, language
from .labels import OWN
from .questions import FINDINGS

FEW = 5  # a figure from fewer of either answer would be chance


def counted(values):
    return ", ".join(f"{v} {n}" for v, n in Counter(values).most_common()) or "none"


def data_table(mine):
    rows = ["| | train | dev |", "| --- | --- | --- |"]
    of = {part: [r for r in mine if r["split"] == part] for part in ("train", "dev")}
    for what, tell in (("images", len), ("groups (patients or cases)", lambda s: len({r["group"] for r in s})),
                       ("modality and body part", lambda s: counted(f"{r['modality']} {r['body_part']}" for r in s)),
                       ("with a report of their own", lambda s: sum("report" in r for r in s)),
                       ("questions with answers", lambda s: sum(len(r["qa"]) for r in s)),
                       ("boxes", lambda s: sum(len(r["boxes"]) for r in s))):
        rows.append(f"| {what} | {tell(of['train'])} | {tell(of['dev'])} |")
    for f in FINDINGS:
        said = {part: [r["findings"][f] for r in some if f in r["findings"]] for part, some in of.items()}
        if any(said.values()):
            rows.append(f"| {f}: yes / no | {' | '.join(f'{v.count(True)} / {v.count(False)}' for v in said.values())} |")
    return "\n".join(rows)


def halves(asked, base):
    """Probabilities for every answer, each half of dev (by group) calibrated on the other: what the fit is worth on patients it hasn't seen."""
    side = {q: np.array([int(str(g), 16) & 1 for g in groups]) for q, (_, _, groups) in asked.items()}
    learnt = [calibrate.fit({q: tuple(v[side[q] != s] for v in rows) for q, rows in asked.items() if (side[q] != s).any()}, base) for s in (0, 1)]
    return {q: np.array([calibrate.probability(learnt[s], q, x) for x, s in zip(asked[q][0], side[q])]) for q in asked}


def measured_table(base, was, now):
    """A line a question: how often it was asked, AUROC before and after, accuracy before and after."""
    calibration = base.manifest["calibration"]
    p_was = {q: calibrate.probability(calibration, q, rows[0]) for q, rows in was.items()}
    p_now = halves(now, calibration)
    out = ["| question | yes / no | AUROC before | AUROC after | accuracy before | accuracy after |", "| --- | --- | --- | --- | --- | --- |"]
    for q in sorted(now, key=lambda q: (q == calibrate.FREE, q)):
        y = now[q][1]
        few = min(y.sum(), (1 - y).sum()) < FEW
        auroc = ["too few" if few else f"{roc_auc_score(y, rows[q][0]):.3f}" for rows in (was, now)]
        right = [f"{((p[q] > 0.5) == (y > 0.5)).mean():.3f}" for p in (p_was, p_now)]
        name = "yes/no questions of the user's own" if q == calibrate.FREE else q
        out.append(f"| {name} | {int(y.sum())} / {int((1 - y).sum())} | {' | '.join(auroc)} | {' | '.join(right)} |")
    y = np.concatenate([rows[1] for rows in now.values()])
    errors = [calibrate.error(np.concatenate([p[q] for q in now]), y) for p in (p_was, p_now)]
    return "\n".join(out) + f"\n\nExpected calibration error over these {len(y)} answers: {errors[0]:.3f} before, {errors[1]:.3f} after."


def card(args, base, entries, taken, cut, was, now):
    mine = [r for r in entries if r["source"] == OWN]
    shortened, dropped = cut
    kept = " ".join(f"{network}: the base's, since no pass was better on dev." if taken == "pass0" else f"{network}: {taken}, the one with the smallest loss on dev."
                    for network, taken in taken.items())
    measured = measured_table(base, was, now) if now else "Nothing could be measured: the dev part states no finding and asks no yes/no question."
    return f"""# {args.name} {args.version}

{base.manifest['name']} {base.manifest['version']} of Overread, taught further on a user's own images with `python -m overread_training fine-tune`.
**It is not a medical device, has no clinical validation, and every text it writes is a draft that a radiologist must read against the image.**

## Model details

| | |
| --- | --- |
| fine-tuned from | {base.manifest['name']} {base.manifest['version']}, digest `{base.digest}` |
| encoder | {args.encoder_steps} steps of 24 images each; first stages frozen. {kept} |
| projector and decoder | {args.language_steps} steps of {language.SHOWN} images with their questions |
| tokenizer | the base's |
| calibration | fitted on the dev part; where that has too little of either answer, the base's |

Licence: {base.manifest['licence']}. What the base may be used for, and where its data comes from, stands in its own card; what the
user's data allows, only the user can say.

## Uses

Drafts and yes/no answers on images like those it was taught with, in the same institution. What the base could do with other modalities
and regions may be lost: measure it before relying on it.

## Training data

{data_table(mine)}

{shortened} reports were shortened to what the model may write at once, {dropped} left out because their first sentence is longer than that.
Where a line came without a report, one was composed from its findings. One image in ten was generated and is no radiology, so that the model
goes on refusing.

## Evaluation

On the user's dev part, through the exported files and Python's ONNX Runtime. "Before" is the base with its own calibration; "after" is
this model, each half of dev (by group) calibrated on the other. Dev also chose the encoder's pass, so the figures after are a little
flattering; images that were never used tell more.

{measured}

`overread evaluate --data FOLDER --model DIR` measures more, and in the engine itself.

## Bias, risks and limits

- Learnt from {sum(r['split'] == 'train' for r in mine)} images of one user: expect less on other devices, other settings and other patients.
- A language model may repeat what it was taught. If the reports named people, this folder must be treated as patient data.
- A finding that no line stated was not taught; its answers are what is left of the base's.
"""
