"""The pictures that every family sees: smooth, with an edge and a texture, and none of them square."""
import numpy as np
from PIL import Image, ImageDraw


def picture(width, height, seed):
    y, x = np.mgrid[0:height, 0:width]
    red = 40 + 160 * x / width + 20 * np.sin((x + seed * 7) / 5)
    green = 30 + 180 * y / height
    blue = 200 - 120 * np.hypot(x - width / 2, y - height / 2) / np.hypot(width, height) + 25 * ((x // 6 + y // 9) % 2)
    image = Image.fromarray(np.clip(np.stack([red, green, blue], -1), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    edge = min(width, height)
    draw.ellipse([edge // 5, edge // 4, edge // 5 + edge // 2, edge // 4 + edge // 2], fill=(235, 230, 215))
    draw.line([0, height - 1, width - 1, edge // 3], fill=(10, 5, 60), width=3)
    return image


def all_pictures():
    return {"wide": picture(150, 88, 1), "tall": picture(61, 130, 2)}
