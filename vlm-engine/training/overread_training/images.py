"""Augmentation (never mirrored: the model is asked about left and right) and images that are no radiology at all."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import SEED


def affine(n, size, rng):
    """A small rotation, scale, aspect and shift: (m, o) takes a pixel of the new image to one of the n x n source."""
    a = np.deg2rad(rng.uniform(-10, 10))
    s = np.exp(rng.uniform(-0.2, 0.15))
    aspect = np.exp(rng.uniform(-0.1, 0.1))
    k = n / size * s
    c, d = np.cos(a) * k, np.sin(a) * k
    m = np.array([[c * aspect, -d], [d * aspect, c]])
    shift = rng.uniform(-0.06, 0.06, 2) * n
    return m, np.array([n, n]) / 2 + shift - m @ (np.array([size, size]) / 2)


def augment(pixels, size, rng, blurred=0.25):
    """The affine change, now and then a blur or a hole, then gamma, contrast, brightness; with the change itself, for boxes."""
    m, o = affine(pixels.shape[0], size, rng)
    image = Image.fromarray(pixels).transform((size, size), Image.AFFINE, (m[0, 0], m[0, 1], o[0], m[1, 0], m[1, 1], o[1]),
                                              Image.BILINEAR)
    if rng.random() < blurred:  # a soft image of the chest is still a chest, not noise
        image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.5, 5))))
    x = np.asarray(image, np.float32) / 255
    x = x ** np.exp(rng.uniform(-0.4, 0.4))
    x = (x - 0.5) * np.exp(rng.uniform(-0.3, 0.3)) + 0.5 + rng.uniform(-0.1, 0.1)
    if rng.random() < 0.25:
        h, w = (int(v) for v in rng.uniform(0.08, 0.3, 2) * size)
        y0, x0 = int(rng.integers(0, size - h)), int(rng.integers(0, size - w))
        x[y0:y0 + h, x0:x0 + w] = rng.random()
    if rng.random() < 0.2:
        x = x + rng.normal(0, rng.uniform(0.01, 0.06), x.shape).astype(np.float32)
    return np.clip(x, 0, 1) * 255, (m / pixels.shape[0], o / pixels.shape[0])


def plain(size):
    """The change of an image that is only resized, in the terms of augment."""
    return np.eye(2) / size, np.zeros(2)


def coverage(box, change, size, cells):
    """How much of each of cells x cells of the changed image a relative box (x, y, w, h) covers, as a distribution; zeros if it fell out."""
    m, o = change
    at = (np.arange(cells * 4) + 0.5) * size / (cells * 4)
    x, y = np.meshgrid(at, at)
    sx, sy = m[0, 0] * x + m[0, 1] * y + o[0], m[1, 0] * x + m[1, 1] * y + o[1]
    inside = (sx >= box[0]) & (sx <= box[0] + box[2]) & (sy >= box[1]) & (sy <= box[1] + box[3])
    share = inside.reshape(cells, 4, cells, 4).mean((1, 3)).astype(np.float32)
    return share / share.sum() if share.any() else share


def junk(seed, n=384):
    """Blank, noise, clouds, gradients, patterns, shapes, pages of text, windows, and pieces of two photographs (scikit-learn's, BSD)."""
    rng = np.random.default_rng([SEED, 7, seed])
    kind = seed // 8 % 11
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
    if kind == 8:  # stripes, rings and checkerboards
        y, x = np.mgrid[0:n, 0:n] / n * rng.uniform(2, 40)
        a, b = rng.normal(size=2)
        g = [np.sin(a * x + b * y), np.sin(np.hypot(x - x.mean(), y - y.mean())), np.sin(x) * np.sin(y)][int(rng.integers(3))]
        g = np.sign(g) if rng.random() < 0.5 else g
        return np.clip(127 + g * rng.uniform(20, 127), 0, 255).astype(np.uint8)
    if kind in (9, 10):  # a page of text; with a frame, a menu and buttons, the window of a program
        light = int(rng.integers(150, 256)) if rng.random() < 0.7 else int(rng.integers(0, 60))
        ink = 255 - light
        image = Image.new("L", (n, n), light)
        draw = ImageDraw.Draw(image)
        line, top = int(rng.integers(11, 26)), int(rng.integers(5, 60))
        for y0 in range(top, n - 10, line):
            words = "".join(chr(c) if rng.random() > 0.17 else " " for c in rng.integers(97, 123, int(rng.integers(4, 60))))
            draw.text((int(rng.integers(4, 30)), y0), words, fill=ink)
        if kind == 10:
            draw.rectangle((0, 0, n, top), fill=int(rng.integers(0, 256)))
            for _ in range(int(rng.integers(2, 9))):
                x0, y0 = rng.integers(0, n - 60, 2)
                draw.rounded_rectangle((x0, y0, x0 + int(rng.integers(30, 200)), y0 + int(rng.integers(15, 150))), 5,
                                       fill=int(rng.integers(0, 256)), outline=ink)
        return np.asarray(image)
    from sklearn.datasets import load_sample_image
    # one photograph for training, the other only for dev
    return crop(Image.fromarray(load_sample_image("flower.jpg" if seed % 8 == 0 else "china.jpg")), rng, n)


def crop(photo, rng, n=384):
    """A square piece of a photograph, in gray."""
    photo = photo.convert("L")
    w = int(rng.integers(min(photo.size) // 3, min(photo.size) + 1))
    x0, y0 = int(rng.integers(0, photo.width - w + 1)), int(rng.integers(0, photo.height - w + 1))
    return np.asarray(photo.crop((x0, y0, x0 + w, y0 + w)).resize((n, n)))
