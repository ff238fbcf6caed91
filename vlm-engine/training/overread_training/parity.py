"""Reference answers for the Java engine, on synthetic images only; and PyTorch against ONNX, token by token."""
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from . import decoder as d
from . import samples
from .questions import REPORT
from .records import load, picture
from .runtime import Model

PROMPTS = [REPORT, "Is there cardiomegaly?", "Is there a pleural effusion?", "What imaging modality is this?", "Is there a glioma?"]


def reference(folder, sample_folder, target):
    """Greedy token ids and yes/no differences by Python's ONNX Runtime."""
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
            case["prompts"].append({"question": q, "prompt_ids": [i for i in model.prompt(q) if i != model.image_token], "token_ids": ids,
                                    "text": model.tokenizer.decode(ids), "yes_minus_no": difference})
        cases.append(case)
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(json.dumps({"about": "Greedy answers of the shipped model by Python's onnxruntime; images: the synthetic samples, gray, "
                                                 "and a black 256 x 256 one.", "tolerance": {"pixel_values": 0.02, "yes_minus_no": 0.15}, "cases": cases},
                                       indent=1) + "\n")


def against_torch(data, folder, modules, count=40):
    """Share of greedy answers that PyTorch (float) and the exported model give alike."""
    model = Model(folder)
    encoder, projector, decoder = (m.eval() for m in modules)
    records = [r for r in load(data) if r["split"] == "dev" and r["source"] != "junk"]
    same = 0
    worst = 0.0
    for n in range(count):
        r = records[n * len(records) // count]
        image, question = picture(data, r, 384), PROMPTS[n % len(PROMPTS)]
        ids, difference = model.answer(model.features(image), question)
        with torch.no_grad():
            features = d.ExportedVision(encoder, projector)(torch.tensor(model.pixel_values(image)))
            prompt = model.prompt(question)
            x = decoder.embed(torch.tensor([prompt])).clone()
            x[0, [i for i, t in enumerate(prompt) if t == model.image_token]] = features[0]
            own = []
            while len(own) < 96:
                size = x.shape[1]
                mask = torch.triu(torch.full((size, size), -1e9), 1)[None, None, None]
                logits = decoder.logits(decoder.run(x, torch.arange(size)[None], mask)[0][0, -1])
                if not own and x.shape[1] == len(prompt):
                    worst = max(worst, abs(float(logits[model.yes] - logits[model.no]) - difference))
                token = int(logits.argmax())
                if token == model.eos:
                    break
                own.append(token)
                x = torch.cat([x, decoder.embed(torch.tensor([[token]]))], 1)
        same += own == ids
    return same, count, worst
