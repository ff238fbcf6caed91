"""The records, the decoded images (kept once as a memory map) and the balanced sampling."""
import json
from pathlib import Path

import numpy as np
from PIL import Image

from . import SEED
from .images import junk

CACHE_SIZE = 320
# How many images of a source one pass shows; NIH twice, since it is small and the hardest.
PER_PASS = {"nih-chestxray14": 2584, "kermany-cxr": 900, "busi": 606, "figshare-brain-tumor": 800, "iq-othnccd": 400,
            "hc18": 120, "vqa-rad": 259, "vqa-med-2019": 203, "pocus": 176, "junk": 120}
JUNK = 400


def load(data):
    records = [json.loads(line) for line in open(Path(data) / "records.jsonl")]
    groups = {}
    for r in records:  # a group must never cross the split: refuse to train if it does
        if groups.setdefault((r["source"], r["group"]), r["split"]) != r["split"]:
            raise SystemExit(f"group {r['group']} is in both splits")
    for i in range(JUNK):
        records.append({"id": f"junk_{i}", "source": "junk", "image": None, "modality": None, "body_part": None, "view": None,
                        "split": "dev" if i % 8 == 0 else "train", "group": f"junk_{i}", "labels": [], "seed": i})
    return records


def picture(data, record, size):
    """The image exactly as preprocessor_config.json prescribes: gray, plain bilinear resize."""
    if record["source"] == "junk":
        image = Image.fromarray(junk(record["seed"]))
    else:
        image = Image.open(Path(data) / record["image"]).convert("L")
    return np.asarray(image.resize((size, size), Image.BILINEAR))


def prepare(data, work):
    records = load(data)
    path = Path(work) / f"images{CACHE_SIZE}.npy"
    if not path.exists():
        pixels = np.lib.format.open_memmap(str(path) + ".part", "w+", np.uint8, (len(records), CACHE_SIZE, CACHE_SIZE))
        for i, r in enumerate(records):
            pixels[i] = picture(data, r, CACHE_SIZE)
        pixels.flush()
        Path(str(path) + ".part").rename(path)
    return records, np.load(path, mmap_mode="r")


def one_pass(records, number):
    """Indices of one balanced pass, in a seeded order of its own."""
    rng = np.random.default_rng([SEED, number])
    chosen = []
    for source, count in PER_PASS.items():
        rows = np.array([i for i, r in enumerate(records) if r["source"] == source and r["split"] == "train"])
        while count > 0:
            take = rng.permutation(rows)[:count]
            chosen.append(take)
            count -= len(take)
    return rng.permutation(np.concatenate(chosen))
