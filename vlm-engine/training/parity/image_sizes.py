"""Records the sizes that the image processors of Qwen-VL and Llama 3.2 Vision choose.

    python image_sizes.py ../../src/test/resources/io/overread/vlm/image/family_sizes.json
"""

import json
import random
import sys
from pathlib import Path

from transformers.models.mllama import image_processing_pil_mllama as mllama
from transformers.models.qwen2_vl import image_processing_pil_qwen2_vl as qwen

FORMATS = [(28, 3136, 12845056), (32, 65536, 16777216), (28, 3136, 1003520), (8, 256, 2304)]
TILES = [(560, 4), (448, 4), (16, 4), (336, 16)]


def edges(draw):
    kind = draw.random()
    if kind < 0.2:
        return draw.randint(1, 60), draw.randint(1, 60)
    if kind < 0.4:
        return draw.choice([14, 42, 70, 98, 560, 1120, 1680]), draw.choice([14, 42, 70, 560, 1120])
    return draw.randint(30, 4000), draw.randint(30, 4000)


def main():
    draw = random.Random(11)
    resized, tiled = [], []
    for _ in range(250):
        height, width = edges(draw)
        if max(height, width) > 200 * min(height, width):
            continue
        factor, fewest, most = draw.choice(FORMATS)
        resized.append([height, width, factor, fewest, most, *qwen.smart_resize(height, width, factor, fewest, most)])
        tile, tiles = draw.choice(TILES)
        canvas = mllama.get_optimal_tiled_canvas(height, width, tiles, tile)
        rows, columns = (int(edge) // tile for edge in canvas)
        number = mllama.get_all_supported_aspect_ratios(tiles).index((rows, columns)) + 1
        fitted = mllama.get_image_size_fit_to_canvas(height, width, *canvas, tile)
        tiled.append([height, width, tile, tiles, rows, columns, number, *(int(edge) for edge in fitted)])
    Path(sys.argv[1]).write_text(json.dumps({"smart_resize": resized, "tiled_canvas": tiled}) + "\n")


if __name__ == "__main__":
    main()
