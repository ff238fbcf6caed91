"""What transformers itself makes of a tiny checkpoint; the exported graphs play no part in it."""
import json

import numpy as np
import torch
from PIL import Image

NEW_TOKENS = 12
MARGIN = 1e-3  # between the best token and the next; the graphs' sums differ in the last bits
LONG = ("The patient is known for a treated pneumonia; compare the lung fields, the hila, the heart's size, the pleural "
        "recesses and the bones, and say what you see on each side. ") * 8
CASES = [
    (["wide"], "Is there a nodule?"),
    (["tall"], "Größe des Herdes? 胸部に結節はありますか。 Есть ли выпот? هل يوجد 👩🏽‍⚕️ ½ﬁ\u0301"),
    (["wide"], LONG + "Is there an effusion?"),
    (["tall", "wide"], "What changed, and on which side?"),
]


class Indistinct(Exception):
    """Random weights that prove nothing; another seed will do."""


def record(tiny, pictures, folder):
    cases = []
    levels = {}
    for names, question in getattr(tiny, "cases", CASES):
        batch = tiny.batch([pictures[n] for n in names], question)
        if len(names) == 1:
            levels.setdefault(names[0], pixel_levels(tiny, batch))
        cases.append({"images": names, "question": question, "ids": batch["input_ids"][0].tolist()} | answered(tiny, batch))
    distinct = {tuple(case["tokens"]) for case in cases}
    if len(distinct) < 3:
        raise Indistinct("the answers hardly depend on what is asked")
    for name, (values, shape) in levels.items():
        Image.fromarray(values).save(folder / f"{name}.png", optimize=True)
    (folder / "golden.json").write_text(json.dumps(
        {"template": tiny.source, "pixels": {name: shape for name, (_, shape) in levels.items()}, "cases": cases},
        ensure_ascii=False) + "\n")


def answered(tiny, batch):
    """Greedy tokens, each from a run over all that came before it: no cache to be wrong about."""
    first, tokens, scores = None, [], []
    stop = tiny.stop or [tiny.tokenizer.eos_token_id]
    special = tiny.tokenizer.added_tokens_decoder
    while len(tokens) < NEW_TOKENS:
        logits = tiny.logits(batch)
        first = logits if first is None else first
        best = torch.topk(logits, 2)
        if best.values[0] - best.values[1] < MARGIN:
            raise Indistinct("two tokens are as good as equal")
        token = int(best.indices[0])
        if token in stop:
            break
        if token in special:
            raise Indistinct("it writes a special token")
        tokens.append(token)
        scores.append(float(logits.log_softmax(-1)[token]))
        batch = tiny.extended(batch, token)
    return {"logits": [round(float(v), 4) for v in first], "tokens": tokens, "log_probabilities": [round(s, 5) for s in scores]}


def pixel_levels(tiny, batch):
    """The pixels before rescaling and normalising, 0..255, pictures below one another, and [pictures, height, width]."""
    processor = tiny.processor.image_processor
    mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in (processor.image_mean, processor.image_std))
    values = (tiny.pixels(batch) * std + mean) / processor.rescale_factor
    whole = values.round()
    if (values - whole).abs().max() > 0.02:
        raise ValueError(f"{tiny.name}: pixels are no whole levels")
    n, _, h, w = whole.shape
    stacked = whole.clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).reshape(n * h, w, 3).numpy()
    return np.ascontiguousarray(stacked), [n, h, w]
