"""Stage 3: projector and decoder learn to answer from the frozen encoder's cached grid and logits."""
import copy
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from . import SEED
from . import decoder as d
from . import tokenizer as tok
from .encoder import GRID, SIZE, WIDTH, Encoder, follow, normalise, onnx_session, save, schedule
from .images import augment
from .labels import LABELS, OWN
from .questions import balance, questions
from .records import picture, prepare

# What is cached: how many training images of a source at most, and how many augmented copies beside the plain one.
IMAGES = {"kermany-cxr": 900, "figshare-brain-tumor": 700, "iq-othnccd": 500, "hc18": 150}
COPIES = {"nih-chestxray14": 1, "vqa-rad": 3, "vqa-med-2019": 3, "pocus": 1, OWN: 3}
PER_PASS = {"nih-chestxray14": 1100, "kermany-cxr": 350, "busi": 300, "figshare-brain-tumor": 350, "iq-othnccd": 230, "hc18": 80,
            "vqa-rad": 1554, "vqa-med-2019": 1015, "pocus": 80, "junk": 450}  # the question sets five and six times over
# The last part: the labelled sources, the grid hidden now and then, so that the decoder reads the encoder's labels, which
# generalise, and not only the grid, whose look on images that the encoder learnt gives the answer away.
READING = {"nih-chestxray14": 900, "kermany-cxr": 850, "busi": 750, "figshare-brain-tumor": 900, "iq-othnccd": 150, "hc18": 40, "vqa-rad": 400,
           "vqa-med-2019": 450, "pocus": 60, "junk": 200}
HIDDEN = 0.6
LENGTH = 150  # text tokens an image, all its questions together


class Features(torch.nn.Module):
    """The grid as the projector reads it, [B,100,1280], and the logits."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, pixel_values):
        grid, logits, _ = self.encoder(pixel_values)
        return grid.flatten(2).transpose(1, 2), logits


def cache(data, work, checkpoint, other=None, threads=1, given=None, encoder=None):
    """Grid and logits of the training images and of their augmented copies, once, by ONNX Runtime."""
    work = Path(work)
    done = work / "features.npz"
    records, pixels = given or prepare(data, work, other)
    encoder = encoder or Encoder(pretrained=False)
    encoder.load_state_dict(torch.load(checkpoint, weights_only=False)["ema"])
    if done.exists():
        return records, encoder, np.load(done), np.load(work / "features.npy", mmap_mode="r")
    encoder.eval()
    session = onnx_session(Features(encoder), (3, SIZE, SIZE), work / "features.onnx", threads, outputs=("grid", "logits"))
    rows = []  # (record, copy), the plain image first
    rng, left = np.random.default_rng([SEED, 21]), dict(IMAGES)
    for i in rng.permutation(len(records)):
        source = records[i]["source"]
        left[source] = left.get(source, len(records)) - (records[i]["split"] == "train")
        if records[i]["split"] == "train" and left[source] >= 0:
            rows += [(int(i), k) for k in range(1 + COPIES.get(source, 0))]
    grid = np.lib.format.open_memmap(str(work / "features.npy"), "w+", np.float16, (len(rows), GRID * GRID, WIDTH))
    logits = np.zeros((len(rows), len(LABELS)), np.float32)
    started = time.time()
    for n, (i, k) in enumerate(rows):
        image = picture(data, records[i], SIZE) if k == 0 else augment(pixels[i], SIZE, np.random.default_rng([SEED, 5, i, k]), blurred=0.5)[0]
        grid[n], logits[n] = (o[0] for o in session.run(None, {"pixel_values": normalise(image[None])}))
        if n % 500 == 499:
            print(f"features {n + 1}/{len(rows)} {(n + 1) / (time.time() - started):.1f} img/s", flush=True)
    grid.flush()
    np.savez(done, rows=np.array(rows), logits=logits)
    return records, encoder, np.load(done), grid


def pack(pairs, tokenizer, rng):
    """Questions of one image side by side: token ids, target ids, segment numbers, positions, weights."""
    ids, target, segment, position, weight = [], [], [], [], []
    for n in rng.permutation(len(pairs)):
        q, a = pairs[n]
        a = tokenizer.encode(a).ids + [tok.EOS]
        tokens = tokenizer.encode(q).ids + [tok.ASSISTANT] + a
        if len(ids) + len(tokens) > LENGTH:
            continue
        first = len(tokens) - len(a) - 1  # the marker predicts the first token of the answer
        ids += tokens
        target += [0] * first + a + [0]
        weight += [0.0] * first + [len(a) ** -0.5] * len(a) + [0.0]
        segment += [len(segment) + 1] * len(tokens)
        position += range(d.LEAD + d.IMAGE_TOKENS, d.LEAD + d.IMAGE_TOKENS + len(tokens))
    return ids, target, segment, position, weight


def collate(packed):
    n = max(len(p[0]) for p in packed)
    out = [np.zeros((len(packed), n), t) for t in (np.int64, np.int64, np.int64, np.int64, np.float32)]
    for row, p in enumerate(packed):
        for a, v in zip(out, p):
            a[row, :len(v)] = v
    return [torch.as_tensor(a) for a in out]


def masks(segment):
    """Causal; every question sees the image and itself, never another question."""
    b, n = segment.shape
    prefix = d.LEAD + d.IMAGE_TOKENS
    whole = torch.cat([torch.zeros(b, prefix, dtype=torch.long), torch.where(segment > 0, segment, -1)], 1)
    seen = (whole[:, None, :] == 0) | (whole[:, None, :] == whole[:, :, None])
    seen &= torch.tril(torch.ones(prefix + n, prefix + n, dtype=torch.bool))
    seen |= torch.eye(prefix + n, dtype=torch.bool)
    return torch.where(seen, 0.0, -1e9)[:, None, None]


def forward(projector, decoder, grid, logits, ids, segment, position):
    b = len(ids)
    lead = decoder.embed(torch.tensor([tok.BOS, tok.USER])).expand(b, -1, -1)
    x = torch.cat([lead, projector(grid, logits), decoder.embed(ids)], 1)
    positions = torch.cat([torch.arange(d.LEAD + d.IMAGE_TOKENS).expand(b, -1), position], 1)
    h, _ = decoder.run(x, positions, masks(segment))
    return h[:, d.LEAD + d.IMAGE_TOKENS:]


def order_of(records, copies, shown, number):
    order = []
    for k in range(number):
        rng = np.random.default_rng([SEED, 31, k])
        chosen = []
        for source, count in shown.items():
            rows = np.array([i for i in copies if records[i]["source"] == source])
            while count > 0 and len(rows):
                chosen.append(rng.permutation(rows)[:count])
                count -= len(chosen[-1])
        order.append(rng.permutation(np.concatenate(chosen)))
    return np.concatenate(order)


def train(data, work, checkpoint, other=None, passes=2, batch=10, threads=2, steps=None, *, given=None, start=None, order_of=order_of,
          speeds=(4e-4, 1e-3)):
    """Fine-tuning gives records with pixels, the three modules to start from, what is shown, and the learning rates."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    work = Path(work)
    records, encoder, index, grid = cache(data, work, checkpoint, other, threads, given, start and start[0])
    tokenizer, rates = tok.train(records, work), balance(records)
    copies = {}
    for n, (i, k) in enumerate(index["rows"]):
        copies.setdefault(int(i), []).append(n)
    projector, decoder = start[1:] if start else (d.Projector(), d.Decoder(tokenizer.get_vocab_size()))
    if not start:
        decoder.start_from_minilm(tokenizer)
    old = [p for n, p in decoder.named_parameters() if n.startswith(("layers", "embed", "norm"))]
    new = [*projector.parameters(), *(p for n, p in decoder.named_parameters() if not n.startswith(("layers", "embed", "norm")))]
    optimiser = torch.optim.AdamW([{"params": old, "base": speeds[0]}, {"params": new, "base": speeds[1]}], lr=1e-3, betas=(0.9, 0.98), weight_decay=0.05)
    both = torch.nn.ModuleList([projector, decoder])
    ema = copy.deepcopy(both)
    order, last = order_of(records, copies, PER_PASS, passes), order_of(records, copies, READING, 1)
    general, first = steps or len(order) // batch, 0
    total = general + len(last) // batch
    resume = work / "language-last.pt"
    if resume.exists():
        saved = torch.load(resume, weights_only=False)
        both.load_state_dict(saved["now"])
        ema.load_state_dict(saved["ema"])
        optimiser.load_state_dict(saved["optimiser"])
        first = saved["step"]
    started, running = time.time(), 0.0
    for step in range(first, total):
        rng = np.random.default_rng([SEED, 33, step])
        torch.manual_seed(SEED + step)
        reading = step >= general
        at = step - general if reading else step
        chosen = np.take(last if reading else order, range(at * batch, (at + 1) * batch), mode="wrap")
        rows = [copies[int(i)][int(rng.integers(len(copies[int(i)])))] for i in chosen]
        ids, target, segment, position, weight = collate([pack(questions(records[int(i)], rng, rates), tokenizer, rng) for i in chosen])
        seen = F.dropout(torch.as_tensor(np.stack([grid[r] for r in rows]).astype(np.float32)), 0.2)
        if reading:
            seen = seen * torch.as_tensor(rng.random(len(rows)) >= HIDDEN).float()[:, None, None]
        # noise on the encoder's logits: on images it was trained on they are surer than they will ever be again
        logits = torch.as_tensor(index["logits"][rows]) + torch.randn(len(rows), len(LABELS)) * 0.6
        for g in optimiser.param_groups:
            g["lr"] = g["base"] * (0.6 * schedule(at, total - general) if reading else schedule(at, general))
        both.train()
        h = forward(projector, decoder, seen, logits, ids, segment, position)
        where = weight > 0
        loss = F.cross_entropy(decoder.logits(h[where]), target[where], reduction="none")
        loss = (loss * weight[where]).sum() / weight[where].sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(old + new, 1.0)
        optimiser.step()
        follow(ema, both, min(0.99, (step + 1) / (step + 10)))
        running = 0.98 * running + 0.02 * loss.item()
        if (step + 1) % 20 == 0:
            print(f"step {step + 1}/{total} loss {running / (1 - 0.98 ** (step + 1 - first)):.4f} "
                  f"{(time.time() - started) / (step + 1 - first):.2f} s/step", flush=True)
        if (step + 1) % 100 == 0 or step + 1 == total:
            save({"now": both.state_dict(), "ema": ema.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1,
                  "vocabulary": tokenizer.get_vocab_size(), "encoder": encoder.state_dict()}, resume)
