"""Synthetic chest radiographs for the demo, drawn from a shape and appearance model of adult NIH images.

The images are registered to one another, so that their average keeps ribs and borders. Appearance (the registered grey
levels) and shape (the displacements) get a principal component model each; a draw is an appearance bent by a shape, both
within 1.5 standard deviations, and is refused when it comes near any one patient's image. Only draws are written.
"""
import json
import zlib
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import SEED, registration
from .records import load, picture

SIDE = 256  # side at which the model is made
CROP = slice(8, 224), slice(20, 236)  # rows and columns that are kept: the frame's border can't be registered
APPEARANCES, SHAPES = 60, 20  # components
DRAWS = 150
KINDS = ("No Finding", "Infiltration", "Effusion")
NAMES = ("one", "two", "three")


def registered(data, work):
    """Records, pictures and displacements of the adult PA images that fit; the displacements are kept in the work folder."""
    records = [r for r in load(data) if r["source"] == "nih-chestxray14" and r["split"] == "train" and r["view"] == "PA"
               and int(r["age"]) >= 18]
    if len(records) < 350:
        raise SystemExit("too few images for a component model")
    x = np.stack([picture(data, r, SIDE) for r in records])
    kept = Path(work) / "registration.pt"
    if not kept.exists():
        torch.manual_seed(SEED)
        torch.save(registration.align(x), kept)
    shapes, fit = torch.load(kept)
    best = fit.argsort(descending=True)[:len(x) * 6 // 10]
    return [records[i] for i in best], x[best.numpy()], shapes[best]


def levelled(images):
    """Grey levels: each image's quantiles inside the frame to the average quantiles."""
    inside = slice(SIDE // 10, -SIDE // 10)
    quantiles = np.stack([np.percentile(i[inside, inside], np.linspace(0, 100, 65)) for i in images])
    target = np.median(quantiles, 0)
    target = (target - target[1]) / (target[-2] - target[1]) * 205 + 25
    return np.stack([np.interp(i, q + np.arange(65) * 1e-3, target) for i, q in zip(images, quantiles)])


class Part:
    """A principal component model: mean, components, and what each training image scores."""

    def __init__(self, x, count):
        self.mean = x.mean(0)
        u, s, v = np.linalg.svd(x - self.mean, full_matrices=False)
        self.components, self.scores = v[:count], (u * s)[:, :count]
        self.spread = self.scores.std(0)

    def draw(self, rng, kind):
        """Around twice the mean of a kind of images, so that the drafts differ; in standard deviations."""
        return np.clip(self.scores[kind].mean(0) / self.spread * 2 + rng.normal(size=len(self.spread)) * 0.75, -1.5, 1.5)

    def value(self, whitened):
        return self.mean + (whitened * self.spread) @ self.components


def model(images, shapes):
    x = torch.tensor(images)[:, None].float()
    still = torch.cat([registration.warp(x[i:i + 64], shapes[i:i + 64]) for i in range(0, len(x), 64)])[:, 0].numpy()
    return Part(levelled(still).reshape(len(x), -1), APPEARANCES), Part(shapes.reshape(len(x), -1).numpy(), SHAPES)


def picture_of(appearance, shape, a, s):
    still = torch.tensor(appearance.value(a).reshape(1, 1, SIDE, SIDE)).float()
    bend = torch.tensor(shape.value(s).reshape(1, 2, registration.FIELD, registration.FIELD)).float()
    return registration.warp(still, registration.inverse(bend))[0, 0].numpy()[CROP].clip(0, 255)


def stamped(image):
    """Enlarged as the demo enlarges it, with white where its stamp is."""
    large = np.asarray(Image.fromarray(np.rint(image).astype(np.uint8)).resize((1024, 1024), Image.BICUBIC)).copy()
    large[994:1015, 9:160:4] = 255
    return large


def steady(image, say):
    """The draft that the model writes of the image, if it writes the same when the image is a little different."""
    grain = np.random.default_rng(SEED).normal(size=image.shape)
    variants = [image, stamped(image), np.clip(image + grain, 0, 255), np.clip(image - grain, 0, 255), image * 0.97, image * 0.99, np.clip(image + 2, 0, 255), np.clip(image + 5, 0, 255),
                np.clip(image * 1.02, 0, 255)]
    texts = {say(np.rint(v).astype(np.uint8)) for v in variants}
    return texts.pop() if len(texts) == 1 else None


def draws(records, appearance, shape, say):
    """Draws with the draft that the finished model writes of them."""
    rng = np.random.default_rng([SEED, 43])
    training = np.hstack([appearance.scores / appearance.spread, shape.scores / shape.spread])
    gaps = np.linalg.norm(training[:, None] - training[None], axis=2)
    closest_patients = np.partition(gaps, 1, axis=1)[:, 1].min()
    for k in range(DRAWS):
        kind = np.array([KINDS[k % len(KINDS)] in r["labels"] for r in records])
        a, s = appearance.draw(rng, kind), shape.draw(rng, kind)
        if np.linalg.norm(training - np.hstack([a, s]), axis=1).min() < closest_patients:
            continue  # nearer to one patient's image than any two patients' are to each other
        image = picture_of(appearance, shape, a, s)
        text = steady(image, say)
        if text and "chest radiograph" in text:
            yield text.split(". ", 1)[1], image  # without the sentence on the view


def write(data, work, target, say):
    """Writes three draws whose drafts differ; of each draft the draw with the evenest border."""
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    records, images, shapes = registered(data, work)
    by_draft = {}
    for text, image in draws(records, *model(images, shapes), say):
        by_draft.setdefault(text, []).append(image)
    print({t: len(v) for t, v in by_draft.items()})
    drafts = sorted(by_draft, key=lambda t: -len(by_draft[t]))[:len(NAMES)]
    if len(drafts) < len(NAMES):
        print(f"the drafts of {DRAWS} draws differ in {len(drafts)} ways only: the samples stay as they are")
        return
    candidates = [sorted(by_draft[t], key=unevenness) for t in drafts]
    # Rounding to bytes may tip a draft: the next candidate is taken where it does.
    while True:
        mean, components, scales = rounded(np.stack([c[0] for c in candidates]))
        written = [steady((mean + scales[k] * components[k].astype(float)).clip(0, 255), say) for k in range(len(NAMES))]
        tipped = [k for k, text in enumerate(written) if not text or text.split(". ", 1)[1] != drafts[k]]
        if not tipped:
            break
        candidates[tipped[0]].pop(0)
        if not candidates[tipped[0]]:
            raise SystemExit(f"no draw keeps the draft: {drafts[tipped[0]]}")
    (target / "chest-components.bin").write_bytes(zlib.compress(mean.tobytes() + components.tobytes(), 9))
    (target / "chest-components.json").write_text(json.dumps({
        "about": f"Three draws from a shape and appearance model of {len(images)} adult PA chest radiographs of the NIH ChestX-ray14 "
                 "training part (NIH Clinical Center, Wang et al. 2017), as their mean and the deviation of each. They show no patient: "
                 "none is nearer to a patient's image than the two most alike patients are to each other. They were chosen so that the "
                 "shipped model's drafts differ, which says nothing about its accuracy.",
        "file": "chest-components.bin", "compression": "zlib (RFC 1950)",
        "layout": "mean: height*width uint8, row-major; then components: components*height*width int8, row-major, in order",
        "height": mean.shape[0], "width": mean.shape[1], "components": len(NAMES), "scales": [float(f"{v:.9g}") for v in scales],
        "image": "pixel = clamp(mean + sum_i coefficients[i] * scales[i] * component_i, 0, 255), bright is dense (MONOCHROME2)",
        "samples": [{"name": n, "coefficients": [float(k == i) for k in range(len(NAMES))]} for i, n in enumerate(NAMES)]},
        indent=1) + "\n")


def rounded(images):
    """Their mean as bytes, and the deviation of each as signed bytes with a scale."""
    mean = np.rint(images.mean(0)).astype(np.uint8)
    away = images - mean
    scales = np.abs(away).reshape(len(images), -1).max(1) / 127
    return mean, np.rint(away / scales[:, None, None]).astype(np.int8), scales


def unevenness(image):
    """Streaks and bands that the bending leaves at the border."""
    rows, columns = np.abs(np.diff(image[-24:], axis=0)).mean(), np.abs(np.diff(image[:, [0, 1, 2, -3, -2, -1]], axis=1)).mean()
    return rows + columns + (image > 250).mean() * 50


def images(folder):
    """The samples as the Java side reconstructs them."""
    folder = Path(folder)
    about = json.loads((folder / "chest-components.json").read_text())
    raw = np.frombuffer(zlib.decompress((folder / about["file"]).read_bytes()), np.uint8)
    shape = about["height"], about["width"]
    n = shape[0] * shape[1]
    components = raw[n:].view(np.int8).reshape(-1, n).astype(np.float64)
    for s in about["samples"]:
        image = raw[:n] + (np.array(s["coefficients"]) * about["scales"]) @ components
        yield s["name"], Image.fromarray(np.rint(np.clip(image, 0, 255)).astype(np.uint8).reshape(shape))
