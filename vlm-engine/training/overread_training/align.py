"""Stages 1 and 2 for the encoder: contrastive alignment of images and sentences, then the stated labels and boxes."""
import copy
import time
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn import functional as F

from . import SEED
from .encoder import BACKBONES, GRID, SIZE, WIDTH, Encoder, Pair, follow, lower_session, lowered, resumed, save, schedule
from .images import augment, coverage
from .labels import INDEX, LABELS, NIH, TUMORS, WEIGHTS, boxes, targets
from .records import one_pass, picture, prepare
from .sentences import WIDTH as TEXT_WIDTH
from .sentences import bank, embed

BATCH = 24
OTHERS = 512  # sentences of other images that an image's own are told from
BOX_WEIGHT = 0.1


class Alignment(nn.Module):
    """Image and sentence in one space (CLIP); an image has several right sentences, and each counts as one example."""

    def __init__(self, texts):
        super().__init__()
        self.image, self.text = nn.Linear(WIDTH, 256), nn.Linear(TEXT_WIDTH, 256)
        self.scale = nn.Parameter(torch.tensor(2.5))
        self.register_buffer("texts", texts, persistent=False)

    def loss(self, grid, own, rng):
        """own: for each image the numbers of its sentences."""
        chosen = np.unique(np.concatenate([*own, rng.integers(0, len(self.texts), OTHERS)]))
        right = torch.as_tensor(np.stack([np.isin(chosen, o) for o in own]).astype(np.float32))
        image = F.normalize(self.image(grid.mean((2, 3))), dim=-1)
        text = F.normalize(self.text(self.texts[chosen]), dim=-1)
        likely = self.scale.exp().clamp(max=50) * image @ text.T
        # against every sentence that is not the image's own
        wrong = likely.masked_fill(right > 0, -1e4).logsumexp(-1, keepdim=True)
        return (F.softplus(wrong - likely) * right).sum() / right.sum()


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
    brain = [INDEX[f"brain:{k}"] for k in TUMORS]
    m = ~np.isnan(truth[:, brain[0]])
    s["brain accuracy"] = float((truth[m][:, brain].argmax(1) == logits[m][:, brain].argmax(1)).mean())
    s["NIH mean"] = float(np.mean([s[f"nih:{f}"] for f in NIH if f"nih:{f}" in s]))
    return s


def dev_rows(records):
    """All of dev, but the large paediatric source thinned to every third."""
    rows = [i for i, r in enumerate(records) if r["split"] == "dev"]
    many = [i for i in rows if records[i]["source"] == "kermany-cxr"]
    return [i for i in rows if records[i]["source"] != "kermany-cxr"] + many[::3]


def infer(encoder, features, batch=32):
    """Logits from the cached output of the frozen part."""
    encoder.eval()
    with torch.inference_mode():
        return np.concatenate([encoder.read(encoder.upper(torch.from_numpy(features[i:i + batch]).float().contiguous(
            memory_format=torch.channels_last)))[0].numpy() for i in range(0, len(features), batch)])


def box_loss(attention, rows, changes, outlined):
    """Cross entropy of a label's map against the cells its box covers."""
    losses = []
    for b, (i, change) in enumerate(zip(rows, changes)):
        for label, *box in outlined[i]:
            share = coverage(box, change, SIZE, GRID)
            if share.any():
                losses.append(-(torch.from_numpy(share).flatten() * attention[b, label]).sum())
    return torch.stack(losses).mean() if losses else attention.sum() * 0


def train(data, work, other=None, passes=8, threads=2, contrastive=200, pretrained=True, augmented=True, measured=2, *,
          backbone="lite2", given=None, start=None, order_of=one_pass, speeds=(6e-4, 3e-3), measure=None):
    """contrastive: steps of the first stage. pretrained, augmented serve the ablations; measured: passes between looks at dev.

    Fine-tuning gives records with pixels, an encoder to start from, what a pass shows, the learning rates of body and heads, and its measure of dev.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    work = Path(work)
    records, pixels = given or prepare(data, work, other)
    truth, outlined = np.stack([targets(r) for r in records]), [boxes(r) for r in records]
    model = (start or Encoder(backbone, pretrained, frozen=pretrained)).to(memory_format=torch.channels_last)
    sentences, own = bank(records)
    align = Alignment(embed(sentences) if contrastive else torch.zeros(1, TEXT_WIDTH))
    for part in model.frozen():
        part.requires_grad_(False)
    session = lower_session(model, work, threads)
    ema = copy.deepcopy(model)
    body = [p for n, p in model.named_parameters() if n.startswith("net") and p.requires_grad]
    head = [p for n, p in model.named_parameters() if not n.startswith("net")]
    optimiser = torch.optim.AdamW([{"params": body, "base": speeds[0]}, {"params": head, "base": speeds[1]},
                                   {"params": list(align.parameters()), "base": 2e-3}], lr=1e-3, weight_decay=0.02)
    order = [order_of(records, k) for k in range(passes + 2)]
    steps = [len(o) // BATCH for o in order]
    plan = [(order[-2 + k // steps[-1]], k % steps[-1]) for k in range(contrastive)]
    plan += [(order[k], j) for k in range(passes) for j in range(steps[k])]
    ends = np.cumsum(steps[:passes]) + contrastive
    total = len(plan)
    resume = work / "encoder-last.pt"
    first = resumed(resume, model=model, ema=ema, align=align, optimiser=optimiser)
    rows = dev_rows(records)
    dev = np.concatenate([lowered(session, np.stack([picture(data, records[i], SIZE) for i in rows[k:k + 32]])).numpy().astype(np.float16)
                          for k in range(0, len(rows), 32)])
    weights = torch.as_tensor(WEIGHTS)
    started, running = time.time(), np.zeros(2)
    for step in range(first, total):
        rng = np.random.default_rng([SEED, 3, step])  # by step, so that a resumed run sees the same images
        chosen = plan[step][0][plan[step][1] * BATCH:(plan[step][1] + 1) * BATCH]
        images, changes = zip(*(augment(pixels[i], SIZE, rng) if augmented else unchanged(pixels[i]) for i in chosen))
        aligning = step < contrastive
        for g in optimiser.param_groups:
            g["lr"] = g["base"] * (schedule(step, contrastive) if aligning else schedule(step - contrastive, total - contrastive))
        model.train()
        grid = model.upper(lowered(session, np.stack(images)))
        if aligning:
            loss, outline = align.loss(grid, [own[i] for i in chosen], rng), torch.zeros(())
        else:
            logits, attention = model.read(grid)
            t = torch.as_tensor(truth[chosen])
            stated = ~torch.isnan(t)
            soft = torch.nan_to_num(t) * 0.96 + 0.02
            loss = F.binary_cross_entropy_with_logits(logits, soft, reduction="none")
            loss = (loss * stated * weights).sum() / (stated * weights).sum()
            outline = box_loss(attention, chosen, changes, outlined)
        optimiser.zero_grad()
        (loss + BOX_WEIGHT * outline).backward()
        nn.utils.clip_grad_norm_(body + head, 1.0)
        optimiser.step()
        # a long average while the rate is high, a short one once it has fallen
        follow(ema, model, min(0.995 if step < 0.9 * total else 0.985, (step + 1) / (step + 10)))
        running = 0.98 * running + 0.02 * np.array([loss.item(), outline.item()])
        if (step + 1) % 20 == 0:
            seen = 1 - 0.98 ** (step + 1 - first)
            print(f"step {step + 1}/{total} {'contrastive' if aligning else 'labels'} loss {running[0] / seen:.4f} box {running[1] / seen:.3f} "
                  f"{(step + 1 - first) * BATCH / (time.time() - started):.1f} img/s", flush=True)
        if (step + 1) % 60 == 0 or step + 1 == total:
            save({"model": model.state_dict(), "ema": ema.state_dict(), "optimiser": optimiser.state_dict(), "align": align.state_dict(),
                  "step": step + 1}, resume)
        done = int(np.searchsorted(ends, step + 1)) + 1
        if step + 1 in ends and (done % measured == 0 or done == passes):
            s = (measure or summary)(truth[rows], infer(ema, dev))
            print("pass", done, " ".join(f"{n}={v:.3f}" for n, v in s.items() if n.split(":")[0] not in ("modality", "part", "plane", "organ")),
                  flush=True)
            save({"ema": ema.state_dict(), "align": align.state_dict(), "scores": s}, work / f"encoder-pass{done}.pt")


def unchanged(pixels):
    """No augmentation, for the ablation."""
    from PIL import Image

    from .images import plain
    return np.asarray(Image.fromarray(pixels).resize((SIZE, SIZE), Image.BILINEAR), np.float32), plain(SIZE)


def best(work):
    """The pass with the best balance on dev: the hard findings first, the other groups with them."""
    def value(path):
        s = torch.load(path, weights_only=False)["scores"]
        return s["NIH mean"] + 0.5 * np.mean([s["nih:No Finding"], s["child:bacteria"], s["breast:malignant"], s["brain accuracy"]])
    measured = sorted(Path(work).glob("encoder-pass*.pt"))
    return max(measured, key=value) if measured else Path(work) / "encoder-last.pt"


def train_all(data, work, other=None, passes=8, threads=2):
    """Each network for itself, in a folder of its own."""
    given = prepare(data, work, other)
    for backbone in BACKBONES:
        folder = Path(work) / backbone
        folder.mkdir(exist_ok=True)
        train(data, folder, passes=passes, threads=threads, backbone=backbone, given=given)


def pair(work):
    """Both networks as they were at their best pass."""
    both = Pair()
    for backbone, encoder in zip(BACKBONES, both.encoders):
        encoder.load_state_dict(torch.load(best(Path(work) / backbone), weights_only=False)["ema"])
    return both
