"""Augmentation (never mirrored: the model is asked about left and right) and images that are no radiology at all."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import SEED


def augment(pixels, size, rng, blurred=0.3):
    """A small rotation, scale, aspect and shift, now and then a blur, then gamma, contrast and brightness."""
    n = pixels.shape[0]
    a = np.deg2rad(rng.uniform(-8, 8))
    s = np.exp(rng.uniform(-0.15, 0.12))
    aspect = np.exp(rng.uniform(-0.1, 0.1))
    k = n / size * s
    c, d = np.cos(a) * k, np.sin(a) * k
    m = np.array([[c * aspect, -d], [d * aspect, c]])
    shift = rng.uniform(-0.05, 0.05, 2) * n
    o = np.array([n, n]) / 2 + shift - m @ (np.array([size, size]) / 2)
    image = Image.fromarray(pixels).transform((size, size), Image.AFFINE, (m[0, 0], m[0, 1], o[0], m[1, 0], m[1, 1], o[1]),
                                              Image.BILINEAR)
    if rng.random() < blurred:  # a soft image of the chest is still a chest, not noise
        image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.5, 6))))
    x = np.asarray(image, np.float32) / 255
    x = x ** np.exp(rng.uniform(-0.35, 0.35))
    x = (x - 0.5) * np.exp(rng.uniform(-0.25, 0.25)) + 0.5 + rng.uniform(-0.08, 0.08)
    return np.clip(x, 0, 1) * 255


def junk(seed, n=384):
    """Blank, noise, clouds, shapes, text, gradients and pieces of two photographs (scikit-learn's, BSD)."""
    rng = np.random.default_rng([SEED, 7, seed])
    kind = seed // 8 % 8
    if kind == 0:
        return np.full((n, n), rng.integers(0, 256), np.uint8)
    if kind == 1:
        return np.clip(rng.normal(rng.integers(60, 200), rng.integers(5, 80), (n, n)), 0, 255).astype(np.uint8)
    if kind == 2:
        small = rng.integers(0, 256, (int(rng.integers(2, 48)),) * 2).astype(np.uint8)
        return np.asarray(Image.fromarray(small).resize((n, n), Image.BICUBIC))
    if kind == 3:
        y, x = np.mgrid[0:n, 0:n] / n
        a, b = rng.normal(size=2)
        g = a * x + b * y
        return ((g - g.min()) / (np.ptp(g) + 1e-9) * 255).astype(np.uint8)
    if kind in (4, 5):
        image = Image.new("L", (n, n), int(rng.integers(0, 256)))
        draw = ImageDraw.Draw(image)
        for _ in range(int(rng.integers(2, 20))):
            x0, y0 = rng.integers(0, n, 2)
            x1, y1 = x0 + rng.integers(5, n // 2), y0 + rng.integers(5, n // 2)
            colour = int(rng.integers(0, 256))
            shape = rng.integers(0, 4)
            if shape == 0:
                draw.rectangle((x0, y0, x1, y1), fill=colour)
            elif shape == 1:
                draw.ellipse((x0, y0, x1, y1), fill=colour)
            elif shape == 2:
                draw.line((x0, y0, x1, y1), fill=colour, width=int(rng.integers(1, 9)))
            else:
                draw.text((x0, y0), "".join(chr(c) for c in rng.integers(48, 122, 18)), fill=colour)
        return np.asarray(image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 3)))) if kind == 5 else image)
    from sklearn.datasets import load_sample_image
    # one photograph for training, the other only for dev
    photo = Image.fromarray(load_sample_image("flower.jpg" if seed % 8 == 0 else "china.jpg")).convert("L")
    w = int(rng.integers(120, min(photo.size)))
    x0, y0 = int(rng.integers(0, photo.width - w + 1)), int(rng.integers(0, photo.height - w + 1))
    return np.asarray(photo.crop((x0, y0, x0 + w, y0 + w)).resize((n, n)))
