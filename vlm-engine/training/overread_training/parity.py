"""Reference answers for the Java engine, on synthetic images only; and PyTorch against ONNX, token by token."""
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import decoder as d
from . import samples
from .questions import REPORT, clean
from .records import load
from .runtime import Model

PROMPTS = [REPORT, "Is there cardiomegaly?", "Is there a pleural effusion?", "What imaging modality is this?", "Is there a glioma?"]


TOLERANCE = 0.15  # of a difference of log-probabilities between two runtimes: int8 kernels differ between processors


def lead(model, features, question, ids):
    """By how much each token of a greedy answer is ahead of the next best, at the least."""
    (logits, past), least = model.start(features, question), np.inf
    for token in [*ids, model.eos]:
        second, first = np.sort(logits)[-2:]
        least = min(least, float(first - second))
        logits, past = model.step(model.embed.run(None, {"input_ids": np.array([[token]], np.int64)})[0], past)
    return least


def reference(folder, sample_folder, target):
    """Greedy token ids and yes/no differences by Python's ONNX Runtime; an answer that is a tie between two tokens is left out."""
    model, cases = Model(folder), []
    blank = [("blank", np.zeros((256, 256), np.uint8))]
    for name, image in [(n, np.asarray(i)) for n, i in samples.images(sample_folder)] + blank:
        pixels = model.pixel_values(image)
        features = model.features(image)
        case = {"image": name, "height": image.shape[0], "width": image.shape[1], "gray_sha256": hashlib.sha256(image.tobytes()).hexdigest(),
                "pixel_values_mean": float(pixels.mean(dtype=np.float64)), "pixel_values_row_144": [float(v) for v in pixels[0, 0, 144, 100:108]],
                "image_features_0_0": [float(v) for v in features[0, 0, :8]], "prompts": []}
        for q in PROMPTS:
            ids, difference = model.answer(features, q)
            if lead(model, features, q, ids) < TOLERANCE:
                print(f"left out, since two tokens are as likely: {name}, {q}")
                continue
            case["prompts"].append({"question": q, "prompt_ids": [i for i in model.prompt(q) if i != model.image_token], "token_ids": ids,
                                    "text": model.tokenizer.decode(ids), "yes_minus_no": difference})
        cases.append(case)
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(json.dumps({"about": "Greedy answers of the shipped model by Python's onnxruntime; images: the synthetic samples, gray, "
                                                 "and a black 256 x 256 one.", "tolerance": {"pixel_values": 0.02, "yes_minus_no": TOLERANCE}, "cases": cases},
                                       indent=1) + "\n")


def torch_answer(model, vision, decoder, image, question):
    """PyTorch's greedy answer, without a cache: (token ids, log p(yes) - log p(no) at the first token)."""
    with torch.no_grad():
        features = vision(torch.tensor(model.pixel_values(image)))[0]
        prompt = model.prompt(question)
        x = decoder.embed(torch.tensor([prompt])).clone()
        x[0, [i for i, t in enumerate(prompt) if t == model.image_token]] = features[0]
        own, difference = [], None
        while len(own) < 96:
            size = x.shape[1]
            mask = torch.triu(torch.full((size, size), -1e9), 1)[None, None, None]
            logits = decoder.logits(decoder.run(x, torch.arange(size)[None], mask)[0][0, -1])
            difference = float(logits[model.yes] - logits[model.no]) if difference is None else difference
            token = int(logits.argmax())
            if token == model.eos:
                break
            own.append(token)
            x = torch.cat([x, decoder.embed(torch.tensor([[token]]))], 1)
    return own, difference


def against_torch(data, folder, modules, target, count=200):
    """Greedy answers of PyTorch (float) on dev, written for `overread evaluate --reference`; and the share the exported model gives alike."""
    model = Model(folder)
    encoder, projector, decoder = (m.eval() for m in modules)
    vision = d.ExportedVision(encoder, projector, [0])
    records = [r for r in load(data) if r["split"] == "dev" and r["source"] != "junk"]
    same, worst, lines = 0, 0.0, []
    for n in range(count):
        r = records[n * len(records) // count]
        own_questions = [clean(q["question"]) for q in r.get("qa", [])]
        question = own_questions[n % len(own_questions)] if own_questions else PROMPTS[n % len(PROMPTS)]
        image = Image.open(Path(data) / r["image"])
        ids, difference = model.answer(model.features(image), question)
        own, own_difference = torch_answer(model, vision, decoder, image, question)
        same += own == ids
        worst = max(worst, abs(own_difference - difference))
        lines.append(json.dumps({"id": r["id"], "question": question, "answer": model.tokenizer.decode(own)}))
    Path(target).write_text("\n".join(lines) + "\n")
    return same, count, worst
