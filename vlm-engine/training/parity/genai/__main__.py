import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
import transformers
from PIL import Image

from ..golden import MARGIN, NEW_TOKENS, Indistinct
from ..pictures import all_pictures, picture
from . import folder
from .gemma3 import Gemma3
from .peer import GenAi
from .phi3v import Phi3V

REGISTRY = {tiny.name: tiny for tiny in (Phi3V, Gemma3)}
EVERY, FIRST = 16, 5  # of a tile's rows and columns, the ones that are kept
MOST_APART = 1e-3  # between onnxruntime-genai's scores and those of transformers' modules


def main():
    parser = argparse.ArgumentParser(prog="python -m parity.genai", description=__doc__)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(REGISTRY)}; all if none is named")
    parser.add_argument("--out", type=Path, required=True, help="folder of the fixtures, one folder a family")
    options = parser.parse_args()
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    shown = options.out / "pictures"
    shown.mkdir(parents=True, exist_ok=True)
    pictures = all_pictures() | {"flat": picture(200, 21, 3), "square": picture(70, 70, 4)}
    for name, image in pictures.items():
        image.save(shown / f"{name}.png", optimize=True)
    for name in options.families or REGISTRY:
        target = options.out / name
        for seed in range(20261126, 20261136):
            shutil.rmtree(target, ignore_errors=True)
            tiny = REGISTRY[name](seed)
            folder.write(tiny, target / "model")
            try:
                record(tiny, pictures, shown, target)
                break
            except Indistinct as why:
                print(f"{name}, seed {seed}: {why}", flush=True)
        size = sum(p.stat().st_size for p in target.rglob("*") if p.is_file())
        print(f"{name}: {size / 1000:.0f} kB", flush=True)


def record(tiny, pictures, shown, target):
    """What onnxruntime-genai makes of the folder; a run of transformers' modules must say the same."""
    genai = GenAi(target / "model")
    levels = {}
    for name in pictures:
        inputs = genai.inputs([shown / f"{name}.png"], tiny.prompt([pictures[name]], "?"))
        levels[name] = sampled(inputs["pixel_values"].as_numpy(), target / f"{name}.png", tiny)
    cases = []
    for names, question in tiny.cases:
        images = [pictures[name] for name in names]
        inputs = genai.inputs([shown / f"{name}.png" for name in names], tiny.prompt(images, question))
        batch = tiny.batch(images, question)
        ids = inputs["input_ids"].as_numpy()[0].tolist()
        same(ids == batch["ids"], "ids")
        same(np.abs(inputs["pixel_values"].as_numpy() - batch["pixel_values"].numpy()).max() < 0.01, "pixels")
        scores, tokens = genai.answer(inputs, NEW_TOKENS)
        answer = [token for token in tokens if token not in tiny.stop]
        reference = tiny.logits(batch, tokens[:-1]).numpy()
        same(max(np.abs(a - b).max() for a, b in zip(scores, reference, strict=True)) < MOST_APART, "scores")
        chosen(tiny, scores, answer)
        cases.append({"images": names, "question": question, "ids": runs(ids)} | said(scores, answer))
        print(f"{tiny.name}: {names}, {len(ids)} tokens", flush=True)
    if len({tuple(case["tokens"]) for case in cases}) < 3:
        raise Indistinct("the answers hardly depend on what is asked")
    golden = {"template": tiny.source, "every": EVERY, "first": FIRST, "pixels": levels, "cases": cases}
    (target / "golden.json").write_text(json.dumps(golden | tiny.more(pictures, target), ensure_ascii=False) + "\n")


def same(truth, what):
    if not truth:
        raise ValueError(f"onnxruntime-genai and transformers differ in {what}")


def chosen(tiny, scores, answer):
    for score, _ in zip(scores, answer):
        best = np.sort(score)[-2:]
        if best[1] - best[0] < MARGIN:
            raise Indistinct("two tokens are as good as equal")
    if set(answer) & set(tiny.tokenizer.added_tokens_decoder):
        raise Indistinct("it writes a special token")


def said(scores, answer):
    sure = [float(torch.tensor(score).log_softmax(-1)[token]) for score, token in zip(scores, answer)]
    return {"logits": [round(float(v), 4) for v in scores[0]], "tokens": answer, "log_probabilities": [round(s, 5) for s in sure]}


def runs(ids):
    """[id, how often] after [id, how often]: an image is some thousand times the same."""
    out = []
    for token in ids:
        if out and out[-1][0] == token:
            out[-1][1] += 1
        else:
            out.append([token, 1])
    return out


def sampled(values, path, tiny):
    """Some pixels of each tile as levels, tiles below one another; of each tile and colour the mean level."""
    tiles = values.reshape(-1, 3, *values.shape[-2:])
    tiles = tiles[[bool(tile.any()) for tile in tiles]]
    levels = (tiles * np.reshape(tiny.std, (3, 1, 1)) + np.reshape(tiny.mean, (3, 1, 1))) * 255
    some = levels[:, :, FIRST::EVERY, FIRST::EVERY].transpose(0, 2, 3, 1)
    rows = np.clip(some.round(), 0, 255).astype(np.uint8).reshape(-1, *some.shape[2:])
    Image.fromarray(rows).save(path, optimize=True)
    return [[round(float(v), 3) for v in tile.mean((1, 2))] for tile in levels]


main()
