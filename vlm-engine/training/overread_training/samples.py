"""Synthetic chest radiographs for the demo: a principal component model of adult NIH images, and three drawn vectors.

Only means and components of several hundred images leave this file, no image; a drawn vector is refused when it comes
near any patient's own.
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


def candidates(records, scores, count=60):
    """Draws for each appearance: its class mean, pushed away from the normal one, and half the usual spread."""
    rng = np.random.default_rng([SEED, 41])
    label = lambda name: np.array([name in r["labels"] for r in records])  # noqa: E731
    normal = scores[label("No Finding")]
    for name, rows in (("normal", label("No Finding")), ("cardiomegaly", label("Cardiomegaly")), ("effusion", label("Effusion"))):
        centre = normal.mean(0) + (scores[rows].mean(0) - normal.mean(0)) * (0 if name == "normal" else 2.0)
        for _ in range(count):
            c = centre + rng.normal(size=COMPONENTS) * normal.std(0) * 0.6
            nearest = np.linalg.norm((scores - c) / scores.std(0), axis=1).min()
            if nearest > 2.0:
                yield name, c


def write(data, target, choose):
    """choose(name, images) gives the index of the draw to ship for an appearance, by the finished model."""
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    records, mean, components, scores = fit(data)
    q_mean, q_components, scales = quantised(mean, components)
    (target / "chest-components.bin").write_bytes(zlib.compress(q_mean.tobytes() + q_components.tobytes(), 9))
    draws = list(candidates(records, scores))
    samples = []
    for name in ("normal", "cardiomegaly", "effusion"):
        vectors = [c for n, c in draws if n == name]
        best = vectors[choose(name, [reconstruct(q_mean, q_components, scales, c) for c in vectors])]
        samples.append({"name": name, "coefficients": [round(float(v), 3) for v in best]})
    (target / "chest-components.json").write_text(json.dumps({
        "about": f"Principal component model of {len(records)} adult PA chest radiographs of the NIH ChestX-ray14 training part "
                 "(NIH Clinical Center, Wang et al. 2017). Samples are drawn, they show no patient.",
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
