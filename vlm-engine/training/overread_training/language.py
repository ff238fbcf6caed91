"""Stage 2: projector and decoder learn to answer from the frozen encoder's cached grid and logits."""
import copy
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from . import SEED
from . import decoder as d
from . import tokenizer as tok
from .encoder import SIZE, Encoder, normalise, schedule
from .evaluate import dev_of
from .export import onnx_export
from .images import augment
from .labels import LABELS
from .questions import balance, questions
from .records import picture, prepare

# What is cached: how many training images of a source at most, and how many augmented copies beside the plain one.
IMAGES = {"kermany-cxr": 700, "figshare-brain-tumor": 500, "iq-othnccd": 400, "hc18": 100, "busi": 450}
COPIES = {"nih-chestxray14": 1, "pocus": 1}
PER_PASS = {"nih-chestxray14": 2584, "kermany-cxr": 900, "busi": 600, "figshare-brain-tumor": 600, "iq-othnccd": 500, "hc18": 150,
            "vqa-rad": 777, "vqa-med-2019": 609, "pocus": 176, "junk": 350}
LENGTH = 120  # text tokens an image, all its questions together


class Pooled(torch.nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder, self.pool = encoder, d.Projector().pool

    def forward(self, pixel_values):
        grid, logits = self.encoder(pixel_values)
        return self.pool(grid).flatten(2).transpose(1, 2), logits


def cache(data, work, checkpoint, threads=1):
    """Grid and logits of every image and of its augmented copies, once, by ONNX Runtime (four times as fast here)."""
    import onnxruntime as ort
    work = Path(work)
    done = work / "features.npz"
    records, pixels = prepare(data, work)
    encoder = Encoder()
    encoder.load_state_dict(torch.load(checkpoint, weights_only=False)["ema"])
    if done.exists():
        index = np.load(done)
        return records, encoder, index, np.load(work / "features.npy", mmap_mode="r")
    onnx_export(Pooled(encoder), (torch.zeros(1, 3, SIZE, SIZE),), work / "pooled.onnx", ["pixel_values"], ["pooled", "logits"],
                {"pixel_values": {0: "b"}, "pooled": {0: "b"}, "logits": {0: "b"}})
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # leave the cores to others
    session = ort.InferenceSession(str(work / "pooled.onnx"), options)
    rows = []  # (record, copy), the plain image first
    measured = {r["id"] for r in dev_of(records)}
    rng, left = np.random.default_rng([SEED, 21]), dict(IMAGES)
    for i in rng.permutation(len(records)):
        r = records[i]
        if r["split"] == "train":
            left[r["source"]] = left.get(r["source"], len(records)) - 1
        if r["id"] not in measured if r["split"] == "dev" else left[r["source"]] < 0:
            continue
        rows += [(int(i), k) for k in range(1 + (COPIES.get(r["source"], 0) if r["split"] == "train" else 0))]
    grid = np.lib.format.open_memmap(str(work / "features.npy"), "w+", np.float16, (len(rows), d.GRID * d.GRID, 1280))
    logits = np.zeros((len(rows), len(LABELS)), np.float32)
    started = time.time()
    for n, (i, k) in enumerate(rows):
        image = picture(data, records[i], SIZE) if k == 0 else augment(pixels[i], SIZE, np.random.default_rng([SEED, 5, i, k]), blurred=0.8)
        pooled, logits[n] = (o[0] for o in session.run(None, {"pixel_values": normalise(image[None]).contiguous().numpy()}))
        grid[n] = pooled
        if n % 250 == 249:
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
        position += range(d.IMAGE_TOKENS + 2, d.IMAGE_TOKENS + 2 + len(tokens))
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
    prefix = d.IMAGE_TOKENS + 2
    whole = torch.cat([torch.zeros(b, prefix, dtype=torch.long), torch.where(segment > 0, segment, -1)], 1)
    seen = (whole[:, None, :] == 0) | (whole[:, None, :] == whole[:, :, None])
    seen &= torch.tril(torch.ones(prefix + n, prefix + n, dtype=torch.bool))
    seen |= torch.eye(prefix + n, dtype=torch.bool)
    return torch.where(seen, 0.0, -1e9)[:, None, None]


def forward(projector, decoder, pooled, logits, ids, segment, position):
    b = len(ids)
    lead = decoder.embed(torch.tensor([tok.BOS, tok.USER])).expand(b, -1, -1)
    x = torch.cat([lead, projector(pooled, logits), decoder.embed(ids)], 1)
    positions = torch.cat([torch.arange(d.IMAGE_TOKENS + 2).expand(b, -1), position], 1)
    h, _ = decoder.run(x, positions, masks(segment))
    return h[:, d.IMAGE_TOKENS + 2:]


def train(data, work, checkpoint, passes=4, batch=10, threads=1, steps=None):
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    work = Path(work)
    records, encoder, index, grid = cache(data, work, checkpoint, threads)
    tokenizer, rates = tok.train(records, work), balance(records)
    copies = {}
    for n, (i, k) in enumerate(index["rows"]):
        copies.setdefault(int(i), []).append(n)
    projector, decoder = d.Projector(), d.Decoder(tokenizer.get_vocab_size())
    parameters = list(projector.parameters()) + list(decoder.parameters())
    optimiser = torch.optim.AdamW(parameters, lr=2e-3, betas=(0.9, 0.98), weight_decay=0.05)
    ema = copy.deepcopy((projector, decoder))
    order = []
    for k in range(passes):
        rng = np.random.default_rng([SEED, 31, k])
        chosen = []
        for source, count in PER_PASS.items():
            rows = np.array([i for i in copies if records[i]["source"] == source and records[i]["split"] == "train"])
            while count > 0:
                chosen.append(rng.permutation(rows)[:count])
                count -= len(chosen[-1])
        order.append(rng.permutation(np.concatenate(chosen)))
    order = np.concatenate(order)
    total, first = steps or len(order) // batch, 0
    resume = work / "language-last.pt"
    if resume.exists():
        saved = torch.load(resume, weights_only=False)
        for module, name in ((projector, "projector"), (decoder, "decoder")):
            module.load_state_dict(saved["now"][name])
        for module, name in ((ema[0], "projector"), (ema[1], "decoder")):
            module.load_state_dict(saved[name])
        optimiser.load_state_dict(saved["optimiser"])
        first = saved["step"]
    started, running = time.time(), 0.0
    for step in range(first, total):
        rng = np.random.default_rng([SEED, 33, step])
        torch.manual_seed(SEED + step)
        chosen = order[step * batch:(step + 1) * batch]
        rows = [copies[int(i)][int(rng.integers(len(copies[int(i)])))] for i in chosen]
        ids, target, segment, position, weight = collate([pack(questions(records[int(i)], rng, rates), tokenizer, rng) for i in chosen])
        pooled = F.dropout(torch.as_tensor(np.stack([grid[r] for r in rows]).astype(np.float32)), 0.2)
        # noise on the encoder's logits: on images it was trained on they are surer than they will ever be again
        logits = torch.as_tensor(index["logits"][rows]) + torch.randn(len(rows), len(LABELS)) * 0.6
        for g in optimiser.param_groups:
            g["lr"] = 2e-3 * schedule(step, total)
        projector.train()
        decoder.train()
        h = forward(projector, decoder, pooled, logits, ids, segment, position)
        where = weight > 0
        loss = F.cross_entropy(decoder.logits(h[where]), target[where], reduction="none")
        loss = (loss * weight[where]).sum() / weight[where].sum()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        decay = min(0.99, (step + 1) / (step + 10))
        with torch.no_grad():
            for a, b in zip((*ema[0].parameters(), *ema[1].parameters()), parameters):
                a.lerp_(b, 1 - decay)
        running = 0.98 * running + 0.02 * loss.item()
        if (step + 1) % 10 == 0:
            print(f"step {step + 1}/{total} loss {running / (1 - 0.98 ** (step + 1 - first)):.4f} "
                  f"{(time.time() - started) / (step + 1 - first):.2f} s/step", flush=True)
        if (step + 1) % 50 == 0 or step + 1 == total:
            torch.save({"projector": ema[0].state_dict(), "decoder": ema[1].state_dict(), "optimiser": optimiser.state_dict(),
                        "now": {"projector": projector.state_dict(), "decoder": decoder.state_dict()}, "step": step + 1,
                        "encoder": encoder.state_dict()}, str(resume) + ".part")
            Path(str(resume) + ".part").rename(resume)
