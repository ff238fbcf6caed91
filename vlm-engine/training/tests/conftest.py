"""Small enough for any machine: 96 pixels, drawn images, a base model with random weights."""
import json
import os

os.environ["OVERREAD_TRAINING_SIZE"] = "96"  # before the package reads it

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

torch.set_num_threads(1)


def drawn(seed, large):
    """A dark field with two lungs and a heart that is large or not."""
    rng = np.random.default_rng(seed)
    image = Image.fromarray(rng.integers(0, 40, (120, 110)).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for x in (15, 60):
        draw.ellipse((x, 15, x + 35, 105), fill=150)
    draw.ellipse((35, 60, 65 + 20 * large, 100), fill=230)
    return image


def write_lines(path, lines):
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


def line(i, **more):
    return {"image": f"{i}.png", "modality": "XR", "body_part": "Chest", "view": "PA", "group": f"patient {i}", "split": "dev" if i % 4 == 0 else "train",
            "findings": {"cardiomegaly": i % 2 == 1}, **more}


@pytest.fixture
def folder(tmp_path):
    """Sixteen drawn chest images and the lines that describe them."""
    for i in range(16):
        drawn(i, i % 2).save(tmp_path / f"{i}.png")
    return tmp_path


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    """(folder, modules) of a model as export writes it, its weights and its normalisation's statistics random."""
    from overread_training import decoder, export, own, tokenizer
    from overread_training.encoder import Pair
    torch.manual_seed(1)
    work = tmp_path_factory.mktemp("base")
    for i in range(16):
        drawn(i, i % 2).save(work / f"{i}.png")
    records = own.read(write_lines(work / "lines.jsonl", [line(i) for i in range(16)]), None, work / "data")
    vocabulary = tokenizer.train(records * 8, work, 700).get_vocab_size()
    modules = Pair(), decoder.Projector(), decoder.Decoder(vocabulary)
    for norm in modules[0].modules():
        if isinstance(norm, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(norm.weight, 0.8, 1.2)
            torch.nn.init.normal_(norm.bias, std=0.1)
            norm.running_mean.normal_(std=0.1)
            norm.running_var.uniform_(0.8, 1.2)
    for encoder in modules[0].encoders:
        torch.nn.init.normal_(encoder.attend.weight, std=0.02)
    calibration = {"default": {"scale": 0.7, "bias": -0.1}, "by_question": {"Is there an effusion?": {"scale": 0.5, "bias": 0.0}}}
    export.export(*modules, work, work / "model", calibration, "2026-01-01")
    return work / "model", modules
