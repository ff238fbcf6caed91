"""The records, the decoded images (kept once as a memory map) and the balanced sampling."""
import json
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from . import SEED
from .images import crop, junk

CACHE_SIZE = 384
# How many images of a source one pass shows. NIH is the hardest and overfits first: from pass NIH_FULL on it is shown half as often.
PER_PASS = {"nih-chestxray14": 1292, "kermany-cxr": 900, "busi": 780, "figshare-brain-tumor": 600, "iq-othnccd": 250,
            "hc18": 80, "vqa-rad": 390, "vqa-med-2019": 609, "pocus": 88, "junk": 200}
NIH_FULL = 5
JUNK = 528
CROPS = 6  # pieces of a photograph of the folder of other images


def load(data, other=None, made=JUNK):
    """The records of a folder, with as many made images that are no radiology."""
    records = [json.loads(line) for line in open(Path(data) / "records.jsonl")]
    groups = {}
    for r in records:  # a group must never cross the split: refuse to train if it does
        if groups.setdefault((r["source"], r["group"]), r["split"]) != r["split"]:
            raise SystemExit(f"group {r['group']} is in both splits")

    def add(name, dev, **more):
        records.append({"id": name, "source": "junk", "image": None, "modality": None, "body_part": None, "view": None,
                        "split": "dev" if dev else "train", "group": name, "labels": [], **more})

    for i in range(made):
        add(f"junk_{i}", i % 8 == 0, seed=i)
    for photo in sorted(Path(other).rglob("*")) if other else []:
        if photo.suffix.lower() in (".jpg", ".png", ".webp"):
            for k in range(CROPS):
                add(f"other_{photo.name}_{k}", zlib.crc32(photo.name.encode()) % 4 == 0, seed=k, photo=str(photo))
    return records


def picture(data, record, size):
    """The image exactly as preprocessor_config.json prescribes: gray, plain bilinear resize."""
    if "photo" in record:
        image = Image.fromarray(crop(Image.open(record["photo"]), np.random.default_rng([SEED, 9, record["seed"]])))
    elif record["source"] == "junk":
        image = Image.fromarray(junk(record["seed"]))
    else:
        image = Image.open(Path(data) / record["image"]).convert("L")
    return np.asarray(image.resize((size, size), Image.BILINEAR))


def prepare(data, work, other=None, made=JUNK):
    records = load(data, other, made)
    path = Path(work) / f"images{CACHE_SIZE}.npy"
    if not path.exists():
        pixels = np.lib.format.open_memmap(str(path) + ".part", "w+", np.uint8, (len(records), CACHE_SIZE, CACHE_SIZE))
        for i, r in enumerate(records):
            pixels[i] = picture(data, r, CACHE_SIZE)
        pixels.flush()
        Path(str(path) + ".part").rename(path)
    pixels = np.load(path, mmap_mode="r")
    if len(pixels) != len(records):
        raise SystemExit(f"{path} holds {len(pixels)} images, the records are {len(records)}: empty the work folder and start afresh")
    return records, pixels


def one_pass(records, number):
    """Indices of one balanced pass, in a seeded order of its own."""
    rng = np.random.default_rng([SEED, number])
    chosen = []
    for source, count in PER_PASS.items():
        rows = np.array([i for i, r in enumerate(records) if r["source"] == source and r["split"] == "train"])
        count = count // 2 if source == "nih-chestxray14" and number >= NIH_FULL else count
        while count > 0 and len(rows):
            take = rng.permutation(rows)[:count]
            chosen.append(take)
            count -= len(take)
    return rng.permutation(np.concatenate(chosen))
