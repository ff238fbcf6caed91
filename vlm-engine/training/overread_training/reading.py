"""Stage 4: which label answers which question is taught outright, as attention of the decoder's last look; then everything goes on together.

Left to itself a small decoder finds the labels that are asked about often and none of the rare ones (practice.py). Here half of the heads of
`Evidence` are shown the label to look at when its yes is the question's, the other half when its yes is the question's no; the half that is not
meant looks at the first token. Where a label is itself the answer (a plane, an organ, a kind of tumor), all look at it. Without the grid a step
costs a third.
"""
import copy
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from . import SEED, language
from . import decoder as d
from . import tokenizer as tok
from .encoder import follow, resumed, save, schedule
from .labels import INDEX, LABEL_OF, settled
from .practice import Practice
from .questions import (BACTERIAL_QUESTION, FINDINGS, MODALITY, PARAPHRASES, PART_QUESTIONS, REFUSAL, REPORT,
                        REPORT_VARIANTS, REVERSED, VIRAL_QUESTION, balance, clean, questions, stated)

ROWS, ASKED, OTHERS = 16, 6, 3  # images of a step, questions that one label answers, and other ones, each
RATES = {"evidence": 2e-3, "labels": 1e-3, "layers": 2e-4}
TOGETHER = (2e-4, 5e-4)  # learning rates of the last part, for so many steps
TOGETHER_STEPS = 300
REPORTS = {REPORT, *REPORT_VARIANTS}
ABNORMAL = {"kermany-cxr": ("child:pneumonia", 1), "busi": ("breast:lesion", 1), "iq-othnccd": ("ct:lesion", 1), "pocus": ("lung:abnormal", 1)}
LABELLED = d.LEAD + d.GRID * d.GRID  # the place of the first label's token


def answering(record, finding):
    """(number of the label that answers the question on a finding of the catalogue, whether its yes is the question's); None where none does."""
    source = record["source"]
    if finding == "abnormality" and source == "figshare-brain-tumor":
        return None
    name, yes = ABNORMAL[source] if finding == "abnormality" and source in ABNORMAL else LABEL_OF[finding]
    if finding == "pneumonia" and source == "kermany-cxr":
        name = "child:pneumonia"
    return INDEX[name], bool(yes)


def naming(question, answer, record):
    """Number of the label that is itself the answer; None where the answer is no label's name."""
    if record["modality"] and answer == MODALITY[record["modality"]][0]:
        return INDEX[f"modality:{record['modality']}"]
    if record["body_part"] and answer == record["body_part"].lower() and question in PART_QUESTIONS:
        return INDEX[f"part:{record['body_part']}"]
    found = next((INDEX[f"{kind}:{answer}"] for kind in ("brain", "plane", "organ") if f"{kind}:{answer}" in INDEX), None)
    if found is None:
        told = next((s for qa in record.get("qa", []) if clean(qa["question"]).lower() == question.lower() and (s := settled(record, qa))), None)
        found = told and told[0]
    return found


def asked(record, rng):
    """(question, answer, label, whether its yes is the question's) for what the record states."""
    out = []
    for f in FINDINGS:
        value, answer = stated(record, f), answering(record, f)
        if value is None or answer is None:
            continue
        turned = f in REVERSED and rng.random() < 0.25
        wordings = REVERSED[f] if turned else [FINDINGS[f]["question"]] * 2 + PARAPHRASES.get(f, [])
        out.append((wordings[int(rng.integers(len(wordings)))], "yes" if value != turned else "no", answer[0], answer[1] != turned))
    if "PNEUMONIA" in record["labels"]:
        bacterial = "bacteria" in record["labels"]
        out += [(BACTERIAL_QUESTION, "yes" if bacterial else "no", INDEX["child:bacteria"], True),
                (VIRAL_QUESTION, "no" if bacterial else "yes", INDEX["child:bacteria"], False)]
    for qa in record.get("qa", []):
        told, answer = settled(record, qa), str(qa["answer"]).lower()
        if told and answer in ("yes", "no"):
            out.append((clean(qa["question"]), answer, told[0], told[1] == (answer == "yes")))
    # a yes as often as a no
    yes = np.array([a == "yes" for _, a, _, _ in out], float)
    weight = np.where(yes, 1 / max(1, yes.sum()), 1 / max(1, (1 - yes).sum())) if len(out) else yes
    return [out[i] for i in rng.choice(len(out), min(ASKED, len(out)), replace=False, p=weight / weight.sum())] if out else []


def packed(record, rates, tokenizer, rng):
    """As language.pack, with (place of the marker that predicts the answer, label, whether its yes is the question's; None where it is a name) beside it."""
    others = [p for p in questions(record, rng, rates) if (p[1] != REFUSAL or rng.random() < 0.3) and p[1] not in ("yes", "no")]
    others = [p for p in others if p[0] not in REPORTS or rng.random() < 0.3]
    pairs = asked(record, rng)
    pairs += [(*others[i], naming(*others[i], record), None) for i in rng.permutation(len(others))[:OTHERS]]
    rows, looks = ([], [], [], [], []), []
    for n, (question, answer, label, same) in enumerate(pairs):
        q, a = tokenizer.encode(question).ids, tokenizer.encode(answer).ids + [tok.EOS]
        tokens = [*q, tok.ASSISTANT, *a]
        if len(rows[0]) + len(tokens) > language.LENGTH:
            continue
        if label is not None:
            looks.append((len(rows[0]) + len(q), label, same))
        first = d.LEAD + d.IMAGE_TOKENS
        for row, values in zip(rows, (tokens, [0] * len(q) + a + [0], [n + 1] * len(tokens), range(first, first + len(tokens)),
                                      [0.0] * len(q) + [len(a) ** -0.5] * len(a) + [0.0])):
            row += values
    return rows, looks


def forward(projector, decoder, logits, ids, segment, position):
    """Hidden states of the text, and the logarithm of the last look's attention [B,heads,text,2+labels+text]; the grid is left out."""
    b, n = ids.shape
    prefix = d.LEAD + d.IMAGE_TOKENS
    lead = decoder.embed(torch.tensor([tok.BOS, tok.USER])).expand(b, -1, -1)
    x = torch.cat([lead, projector(torch.zeros(b, d.GRID * d.GRID, d.FEATURES), logits), decoder.embed(ids)], 1)
    positions = torch.cat([torch.arange(prefix).expand(b, -1), position], 1)
    kept = torch.cat([torch.arange(d.LEAD), torch.arange(LABELLED, prefix + n)])
    mask = language.masks(segment)[..., kept, :][..., kept]
    x = x[:, kept]
    h = decoder.norm(x + decoder.position(positions[:, kept]))
    for layer in decoder.layers:
        h = layer(h, mask, None, None)[0]
    look = decoder.evidence
    q = look.q(h[:, -n:]).view(b, n, d.HEADS, d.HEAD).transpose(1, 2).float()
    k = look.k(look.norm(x)).view(b, -1, d.KV_HEADS, d.HEAD).transpose(1, 2).repeat_interleave(d.HEADS // d.KV_HEADS, 1).float()
    attention = (q @ k.transpose(-1, -2) * d.HEAD ** -0.5 + mask[:, 0, :, -n:]).log_softmax(-1)
    return look(h, x, mask, None, None)[0][:, -n:], attention


def look_loss(attention, looks):
    """How far the heads look from where they are shown to."""
    b, at, label, same = zip(*((b, *look) for b, some in enumerate(looks) for look in some))
    named = torch.tensor([s is None for s in same])
    b, at, label, same = (torch.tensor(v) for v in (b, at, label, [bool(s) for s in same]))
    there = attention[b, :, at, :].gather(-1, (d.LEAD + label)[:, None, None].expand(-1, d.HEADS, 1))[..., 0]
    away = attention[b, :, at, 0]
    meant = (torch.arange(d.HEADS) < d.HEADS // 2)[None] == same[:, None]
    return -torch.where(meant | named[:, None], there, away).mean()


def train(work, records, tokenizer, projector, decoder, others, steps=350, threads=2):
    """others: cached logits by source, for the labels that a record does not state. Both modules are then as their moving average."""
    torch.set_num_threads(threads)
    rates, practice = balance(records), Practice(records)
    labels = [projector.label, projector.value]
    evidence = [*decoder.evidence.parameters(), *decoder.head.parameters(), decoder.bias]
    known = {id(p) for p in (*labels, *evidence)}
    groups = {"evidence": evidence, "labels": labels, "layers": [p for p in decoder.parameters() if id(p) not in known]}
    optimiser = torch.optim.AdamW([{"params": p, "base": RATES[n]} for n, p in groups.items()], lr=1e-3, betas=(0.9, 0.98), weight_decay=0.02)
    both = torch.nn.ModuleList([projector, decoder]).train()
    ema = copy.deepcopy(both)
    resume = Path(work) / "reading-last.pt"
    begin = resumed(resume, now=both, ema=ema, optimiser=optimiser)
    started, running = time.time(), np.zeros(2)
    for step in range(begin, steps):
        rng = np.random.default_rng([SEED, 35, step])
        torch.manual_seed(SEED + step)
        shown = [practice.draw(rng) for _ in range(ROWS)]
        pick = lambda s: others[s][int(rng.integers(len(others[s])))]  # noqa: E731
        logits = torch.as_tensor(np.stack([practice.logits(r, pick(r["source"]), rng) for r in shown]))
        rows, looks = zip(*(packed(r, rates, tokenizer, rng) for r in shown))
        ids, target, segment, position, weight = language.collate(rows)
        for g in optimiser.param_groups:
            g["lr"] = g["base"] * schedule(step, steps)
        with torch.autocast("cpu", torch.bfloat16, enabled=language.BFLOAT16):
            where = weight > 0
            h, attention = forward(projector, decoder, logits, ids, segment, position)
            likely = decoder.logits(h[where])
        loss = F.cross_entropy(likely.float(), target[where], reduction="none")
        loss, look = (loss * weight[where]).sum() / weight[where].sum(), look_loss(attention, looks)
        optimiser.zero_grad()
        (loss + 0.5 * look).backward()
        torch.nn.utils.clip_grad_norm_(sum(groups.values(), []), 1.0)
        optimiser.step()
        follow(ema, both, min(0.97, (step + 1) / (step + 10)))
        running = 0.95 * running + 0.05 * np.array([loss.item(), look.item()])
        if (step + 1) % 20 == 0:
            print(f"reading {step + 1}/{steps} loss, look {running / (1 - 0.95 ** (step + 1 - begin))} {(time.time() - started) / (step + 1 - begin):.2f} s/step", flush=True)
        if (step + 1) % 50 == 0 or step + 1 == steps:
            save({"now": both.state_dict(), "ema": ema.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1}, resume)
    both.load_state_dict(ema.state_dict())


def stage(data, work, encoder, other=None, threads=2):
    """Goes on from the language stage's decoder."""
    work = Path(work)
    records, index, _ = language.cache(data, work, encoder, other, threads)
    others = {}
    for (i, _), logits in zip(index["rows"], index["logits"]):
        others.setdefault(records[int(i)]["source"], []).append(logits)
    saved = torch.load(work / "language-last.pt", weights_only=False)
    projector, decoder = d.Projector(), d.Decoder(saved["vocabulary"])
    torch.nn.ModuleList([projector, decoder]).load_state_dict(saved["ema"])
    train(work, records, tok.train(records, work), projector, decoder, others, threads=threads)
    language.train(data, work, encoder, other, threads=threads, name="together", start=(projector, decoder), speeds=TOGETHER, steps=TOGETHER_STEPS)
