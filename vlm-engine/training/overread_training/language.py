"""Stage 3: projector and decoder learn to answer from the frozen encoder's cached grid and logits, and practise reading the logits."""
import copy
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from . import SEED
from . import decoder as d
from . import tokenizer as tok
from .encoder import GRID, SIZE, follow, normalise, onnx_session, resumed, save, schedule
from .images import augment
from .labels import LABELS, OWN
from .practice import HIDDEN, Practice
from .questions import balance, questions
from .records import picture, prepare

# What is cached: how many training images of a source at most, and how many augmented copies beside the plain one.
IMAGES = {"kermany-cxr": 450, "figshare-brain-tumor": 450, "iq-othnccd": 300, "hc18": 120, "nih-chestxray14": 900}
COPIES = {"vqa-rad": 5, "vqa-med-2019": 6, "pocus": 1, OWN: 3}
# What one pass shows: the question sets several times over.
PER_PASS = {"nih-chestxray14": 800, "kermany-cxr": 300, "busi": 300, "figshare-brain-tumor": 350, "iq-othnccd": 150, "hc18": 80,
            "vqa-rad": 1036, "vqa-med-2019": 1015, "pocus": 80, "junk": 500}
BFLOAT16 = "avx512_bf16" in Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else False  # elsewhere it is slower
SHOWN, PRACTISED = 6, 7  # images of a batch: as they are, and for reading practice (practice.py)
LENGTH = 150  # text tokens an image, all its questions together
# The few hundred images of the question sets are soon learnt by heart: now and then a question loses words, and no yes or no is quite sure.
CUT, LOST, UNSURE = 0.25, 0.12, 0.05


class Features(torch.nn.Module):
    """The grid as the projector reads it, [B,100,2560], and the logits."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, pixel_values):
        grid, logits, _ = self.encoder(pixel_values)
        return grid.flatten(2).transpose(1, 2), logits


def cache(data, work, encoder, other=None, threads=1, given=None):
    """Grid and logits of the training images and of their augmented copies, once, by ONNX Runtime."""
    work = Path(work)
    done = work / "features.npz"
    records, pixels = given or prepare(data, work, other)
    if done.exists():
        return records, np.load(done), np.load(work / "features.npy", mmap_mode="r")
    encoder.eval()
    session = onnx_session(Features(encoder), (3, SIZE, SIZE), work / "features.onnx", threads, outputs=("grid", "logits"))
    rows = []  # (record, copy), the plain image first
    rng, left = np.random.default_rng([SEED, 21]), dict(IMAGES)
    for i in rng.permutation(len(records)):
        source = records[i]["source"]
        left[source] = left.get(source, len(records)) - (records[i]["split"] == "train")
        if records[i]["split"] == "train" and left[source] >= 0:
            rows += [(int(i), k) for k in range(1 + COPIES.get(source, 0))]
    grid = np.lib.format.open_memmap(str(work / "features.npy"), "w+", np.float16, (len(rows), GRID * GRID, d.FEATURES))
    logits = np.zeros((len(rows), len(LABELS)), np.float32)
    started = time.time()
    for n, (i, k) in enumerate(rows):
        image = picture(data, records[i], SIZE) if k == 0 else augment(pixels[i], SIZE, np.random.default_rng([SEED, 5, i, k]), blurred=0.5)[0]
        grid[n], logits[n] = (o[0] for o in session.run(None, {"pixel_values": normalise(image[None])}))
        if n % 500 == 499:
            print(f"features {n + 1}/{len(rows)} {(n + 1) / (time.time() - started):.1f} img/s", flush=True)
    grid.flush()
    np.savez(done, rows=np.array(rows), logits=logits)
    return records, np.load(done), grid


def pack(pairs, tokenizer, rng):
    """Questions of one image side by side: token ids, target ids, segment numbers, positions, weights."""
    ids, target, segment, position, weight = [], [], [], [], []
    for n in rng.permutation(len(pairs)):
        q, a = pairs[n]
        a = tokenizer.encode(a).ids + [tok.EOS]
        q = tokenizer.encode(q).ids
        if rng.random() < CUT:
            q = [t for t in q if rng.random() >= LOST]
        tokens = q + [tok.ASSISTANT] + a
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


def train(data, work, encoder, other=None, passes=2, threads=2, *, name="language", given=None, start=None, order_of=order_of, speeds=(4e-4, 1e-3),
          steps=None):
    """encoder: the trained pair; name: of the checkpoint; start: the two modules to go on from. Fine-tuning gives records with pixels and what is shown."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    work = Path(work)
    records, index, grid = cache(data, work, encoder, other, threads, given)
    tokenizer, rates, practice = tok.train(records, work), balance(records), Practice(records)
    yes, no = (tokenizer.encode(word).ids[0] for word in ("yes", "no"))
    copies, of_source = {}, {}
    for n, (i, k) in enumerate(index["rows"]):
        copies.setdefault(int(i), []).append(n)
        of_source.setdefault(records[int(i)]["source"], []).append(n)
    projector, decoder = start or (d.Projector(), d.Decoder(tokenizer.get_vocab_size()))
    if not start:
        decoder.start_from_minilm(tokenizer)
        projector.start_from_words(decoder, tokenizer)
    old = [p for n, p in decoder.named_parameters() if n.startswith(("layers", "embed", "norm"))]
    new = [*projector.parameters(), *(p for n, p in decoder.named_parameters() if not n.startswith(("layers", "embed", "norm")))]
    optimiser = torch.optim.AdamW([{"params": old, "base": speeds[0]}, {"params": new, "base": speeds[1]}], lr=1e-3, betas=(0.9, 0.98), weight_decay=0.05)
    both = torch.nn.ModuleList([projector, decoder])
    ema = copy.deepcopy(both)
    order = order_of(records, copies, PER_PASS, passes)
    total = steps or len(order) // SHOWN
    resume = work / f"{name}-last.pt"
    first = resumed(resume, now=both, ema=ema, optimiser=optimiser)

    def real(i, rng):
        """An image as it is; noise on its logits, since on images that it learnt the encoder is surer than it will ever be again."""
        row = copies[i][int(rng.integers(len(copies[i])))]
        return records[i], grid[row], index["logits"][row] + rng.normal(0, 0.8, len(LABELS)).astype(np.float32)

    def practised_on(rng):
        record = practice.draw(rng)
        rows = of_source[record["source"]]
        row = rows[int(rng.integers(len(rows)))]
        return record, grid[row] * np.float16(rng.random() >= HIDDEN), practice.logits(record, index["logits"][row], rng)

    started, running = time.time(), 0.0
    for step in range(first, total):
        rng = np.random.default_rng([SEED, 33, step])
        torch.manual_seed(SEED + step)
        shown = [real(int(i), rng) for i in order[step * SHOWN:(step + 1) * SHOWN]] + [practised_on(rng) for _ in range(PRACTISED if practice.shares else 0)]
        ids, target, segment, position, weight = collate([pack(questions(record, rng, rates), tokenizer, rng) for record, _, _ in shown])
        seen = torch.as_tensor(np.stack([g for _, g, _ in shown]).astype(np.float32))
        seen = seen * F.dropout(torch.ones(len(seen), 1, d.FEATURES), 0.2)  # whole channels
        logits = torch.as_tensor(np.stack([x for _, _, x in shown]))
        for g in optimiser.param_groups:
            g["lr"] = g["base"] * schedule(step, total)
        both.train()
        with torch.autocast("cpu", torch.bfloat16, enabled=BFLOAT16):
            h = forward(projector, decoder, seen, logits, ids, segment, position)
            where = weight > 0
            likely = decoder.logits(h[where])
        asked = target[where]
        opposite = torch.where(asked == yes, no, torch.where(asked == no, yes, asked))
        loss = (1 - UNSURE) * F.cross_entropy(likely.float(), asked, reduction="none") + UNSURE * F.cross_entropy(likely.float(), opposite, reduction="none")
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
