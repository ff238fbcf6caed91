"""Synthetic chest radiographs for the demo: a principal component model of adult NIH images, and three vectors.

Only the mean and the components of several hundred images are written, no image; a vector is refused when it comes near
any patient's own.
"""
import json
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from . import SEED
from .records import load, picture

SIDE, COMPONENTS = 160, 32


def fit(data):
    records = [r for r in load(data) if r["source"] == "nih-chestxray14" and r["split"] == "train" and r["view"] == "PA"
               and int(r["age"]) >= 18]
    if len(records) < 200:
        raise SystemExit("too few images for a component model")
    x = np.stack([picture(data, r, SIDE) for r in records]).reshape(len(records), -1).astype(np.float32)
    mean = x.mean(0)
    u, s, v = np.linalg.svd(x - mean, full_matrices=False)
    return records, mean, v[:COMPONENTS], (u * s)[:, :COMPONENTS]


def quantised(mean, components):
    """One byte a pixel; components are rounded to fewer steps where the eye cannot tell, so that they deflate."""
    scales = np.abs(components).max(1) / 63
    return np.clip(np.rint(mean), 0, 255).astype(np.uint8), np.rint(components / scales[:, None]).astype(np.int8), scales


def reconstruct(mean, components, scales, coefficients):
    image = mean.astype(np.float64) + (np.asarray(coefficients) * scales) @ components.astype(np.float64)
    return np.clip(image, 0, 255).reshape(SIDE, SIDE)


def starts(records, scores):
    """For each appearance the mean of its class, pushed away from the normal one."""
    label = lambda name: np.array([name in r["labels"] for r in records])  # noqa: E731
    normal = scores[label("No Finding")].mean(0)
    for name, finding in (("normal", "No Finding"), ("cardiomegaly", "Cardiomegaly"), ("effusion", "Effusion")):
        yield name, normal + (scores[label(finding)].mean(0) - normal) * 2


def climb(start, spread, value, rounds=60, draws=5):
    """Draws around a start and keeps what the finished model finds clearer, within the usual range of every component."""
    rng = np.random.default_rng([SEED, 41])
    best, (best_value, done) = start, value(start)
    for k in range(rounds):
        if done:
            break
        for _ in range(draws):
            c = np.clip(best + rng.normal(size=len(start)) * spread * 0.35, -2.5 * spread, 2.5 * spread)
            v, d = value(c)
            if v > best_value:
                best, best_value, done = c, v, d
    return best


def write(data, target, judge):
    """judge(name, image) gives how clearly the finished model sees the appearance, and whether its draft says so."""
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    records, mean, components, scores = fit(data)
    q_mean, q_components, scales = quantised(mean, components)
    (target / "chest-components.bin").write_bytes(zlib.compress(q_mean.tobytes() + q_components.tobytes(), 9))
    spread, samples = scores.std(0), []
    for name, start in starts(records, scores):
        best = climb(start, spread, lambda c: judge(name, np.rint(reconstruct(q_mean, q_components, scales, c)).astype(np.uint8)))  # noqa: B023
        if np.linalg.norm((scores - best) / spread, axis=1).min() < 2:
            raise SystemExit(f"{name} comes too near one patient's image")
        # a neutral name: the search starts at a class, what the draft then says is the model's
        samples.append({"name": ("one", "two", "three")[len(samples)], "coefficients": [round(float(v), 3) for v in best]})
    (target / "chest-components.json").write_text(json.dumps({
        "about": f"Principal component model of {len(records)} adult PA chest radiographs of the NIH ChestX-ray14 training part "
                 "(NIH Clinical Center, Wang et al. 2017). The samples show no patient: their coefficients were searched so that "
                 "the shipped model's drafts differ, which says nothing about its accuracy.",
        "file": "chest-components.bin", "compression": "zlib (RFC 1950)",
        "layout": "mean: height*width uint8, row-major; then components: components*height*width int8, row-major, in order",
        "height": SIDE, "width": SIDE, "components": COMPONENTS, "scales": [float(f"{v:.9g}") for v in scales],
        "image": "pixel = clamp(mean + sum_i coefficients[i] * scales[i] * component_i, 0, 255), bright is dense (MONOCHROME2)",
        "samples": samples}, indent=1) + "\n")
    return samples


def images(folder):
    """The samples as the Java side reconstructs them."""
    folder = Path(folder)
    about = json.loads((folder / "chest-components.json").read_text())
    raw = np.frombuffer(zlib.decompress((folder / about["file"]).read_bytes()), np.uint8)
    n = SIDE * SIDE
    components = raw[n:].view(np.int8).reshape(COMPONENTS, n)
    for s in about["samples"]:
        image = reconstruct(raw[:n], components, np.array(about["scales"]), s["coefficients"])
        yield s["name"], Image.fromarray(np.rint(image).astype(np.uint8))
