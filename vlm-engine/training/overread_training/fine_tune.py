"""python -m overread_training fine-tune: the shipped model taught further on a user's own images, as a folder that the service loads."""
import argparse
import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from . import SEED, align, calibrate, export, language, own, records
from .align import BATCH
from .card import card
from .encoder import BACKBONES, SIZE, lower_session, lowered, save
from .labels import OWN, WEIGHTS, targets
from .restore import NotThisModel, restore
from .runtime import Model

ENCODER_RATES = (6e-5, 3e-4)  # a tenth of those from scratch: what the base knows should bend, not break
LANGUAGE_RATES = (6e-5, 1e-4)
LOOKS = 4  # at dev while the encoder learns


def arguments(words):
    parser = argparse.ArgumentParser(prog="overread_training fine-tune", description=__doc__)
    parser.add_argument("--records", required=True, type=Path, help="JSON Lines, one image a line (FINE_TUNING.md)")
    parser.add_argument("--images", type=Path, help="folder that the lines' paths start from; the file's own without it")
    parser.add_argument("--model", type=Path, default=Path(__file__).parents[2] / "models/overread-mini", help="model folder to start from")
    parser.add_argument("--work", required=True, type=Path, help="folder for copies of the images and for checkpoints; remove it when done")
    parser.add_argument("--out", required=True, type=Path, help="the new model folder")
    parser.add_argument("--name", help="the model's name; that of the new folder without it")
    parser.add_argument("--version", default=date.today().strftime("%Y.%m.%d"))
    parser.add_argument("--encoder-steps", type=int, help=f"of {BATCH} images")
    parser.add_argument("--language-steps", type=int, help=f"of {language.SHOWN} images with their questions")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args(words)
    for count in (args.encoder_steps, args.language_steps):
        if count is not None and count < 1:
            parser.error("at least one step")
    return args


def steps_for(count, batch, passes, least, most):
    """So many passes over the images, within bounds: few images are soon learnt by heart, many need no more than this to move the weights."""
    return int(np.clip(passes * count / batch, least, most))


def once(work, about):
    """Binds the work folder to one run, so that a checkpoint never goes on with other data. True where the run goes on."""
    path = work / "fine-tune.json"
    if path.exists():
        before = json.loads(path.read_text())
        odd = [k for k in about if before.get(k) != about[k]]
        if odd:
            raise SystemExit(f"{work} holds a run with another {odd[0]}: give it the same again, or another --work")
        return (work / "data/records.jsonl").exists()
    path.write_text(json.dumps(about, indent=1) + "\n")
    return False


def passes_of(steps):
    """A total of steps as looks at dev with about as many steps in each; the last takes the remainder."""
    looks = min(LOOKS, steps)
    return [steps // looks] * (looks - 1) + [steps - steps // looks * (looks - 1)]


def mixed(rows, made, count, rng):
    """count images in random order, every one as often as the others; one in ten is none, so that the model goes on refusing."""
    few = min(len(made), count // 10)
    draw = lambda of, n: np.concatenate([rng.permutation(of) for _ in range(-(-n // len(of)))])[:n] if n else np.zeros(0, int)  # noqa: E731
    return rng.permutation(np.concatenate([draw(rows, count - few), draw(made, few)])).astype(int)


def train_rows(entries):
    rows = [i for i, r in enumerate(entries) if r["split"] == "train"]
    return [np.array([i for i in rows if (entries[i]["source"] == OWN) == mine]) for mine in (True, False)]


def loss_on_dev(truth, logits):
    """What the encoder is chosen by: AUROC needs more positives than a small dev part has."""
    stated = ~np.isnan(truth)
    each = F.binary_cross_entropy_with_logits(torch.from_numpy(logits), torch.from_numpy(np.nan_to_num(truth)), reduction="none").numpy()
    return {**align.scores(truth, logits), "loss": float((each * stated * WEIGHTS).sum() / (stated * WEIGHTS).sum())}


def before(encoder, data, entries, work, threads):
    """The base as pass 0: if no pass is better on dev, its encoder stays."""
    target = work / "encoder-pass0.pt"
    if not target.exists():
        rows = align.dev_rows(entries)
        session = lower_session(encoder, work, threads)
        features = np.concatenate([lowered(session, records.picture(data, entries[i], SIZE)[None]).numpy() for i in rows])
        scores = loss_on_dev(np.stack([targets(entries[i]) for i in rows]), align.infer(encoder, features))
        save({"ema": encoder.state_dict(), "scores": scores}, target)


def best_pass(work):
    passes = [(torch.load(p, weights_only=False)["scores"]["loss"], p) for p in sorted(work.glob("encoder-pass*.pt"))]
    for loss, path in passes:
        print(f"{path.stem.removeprefix('encoder-')}: loss on dev {loss:.4f}")
    return min(passes)[1]


def teach_encoder(args, encoder, backbone, given, data):
    """One network, which then is as it was at its best pass; that pass's name."""
    entries, work = given[0], args.work / backbone
    work.mkdir(exist_ok=True)
    rows, made = train_rows(entries)
    before(encoder, data, entries, work, args.threads)
    lengths = passes_of(args.encoder_steps)

    def order(_, number):
        return mixed(rows, made, BATCH * (lengths[number] if number < len(lengths) else 1), np.random.default_rng([SEED, 71, number]))

    align.train(data, work, passes=len(lengths), threads=args.threads, contrastive=0, measured=1, given=given, start=encoder, order_of=order,
                speeds=ENCODER_RATES, measure=loss_on_dev)
    taken = best_pass(work)
    encoder.load_state_dict(torch.load(taken, weights_only=False)["ema"])
    return taken.stem.removeprefix("encoder-")


def teach(args, base, given, data):
    """Both encoders, then projector and decoder; all go on where they stopped. The passes that were taken, and the three modules."""
    entries, work = given[0], args.work
    taken = {b: teach_encoder(args, encoder, b, given, data) for b, encoder in zip(BACKBONES, base.encoder.encoders)}
    if (work / "features.npz").exists() and json.loads((work / "taken.json").read_text()) != taken:
        raise SystemExit(f"{work} holds features of another encoder: empty it and start afresh")
    (work / "taken.json").write_text(json.dumps(taken))
    rows, made = train_rows(entries)

    def order(_, copies, __, ___):
        kept = [np.array([i for i in some if int(i) in copies]) for some in (rows, made)]
        return mixed(*kept, language.SHOWN * args.language_steps, np.random.default_rng([SEED, 73]))

    language.train(data, work, base.encoder, threads=args.threads, given=given, start=(base.projector, base.decoder), order_of=order,
                   speeds=LANGUAGE_RATES)
    saved = torch.load(work / "language-last.pt", weights_only=False)
    torch.nn.ModuleList([base.projector, base.decoder]).load_state_dict(saved["ema"])
    return taken, base.modules()


def shorten(entries, tokenizer):
    """Reports to the whole sentences that fit what the model may write at once; (how many were shortened, how many left out)."""
    shortened = dropped = 0
    for r in entries:
        if "report" not in r:
            continue
        fits = ""
        for sentence in re.split(r"(?<=[.!?])\s+", " ".join(r["report"].split())):
            if len(tokenizer.encode(f"{fits} {sentence}".strip()).ids) > language.LENGTH * 6 // 10:
                break
            fits = f"{fits} {sentence}".strip()
        dropped += not fits
        shortened += bool(fits) and len(fits) < len(" ".join(r["report"].split()))
        if fits:
            r["report"] = fits
        else:
            del r["report"]
    return shortened, dropped


def asked_on_dev(folder, data, entries, threads):
    return calibrate.ask(Model(folder, threads), data, [r for r in entries if r["source"] == OWN and r["split"] == "dev"])


def main(words):
    args = arguments(words)
    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        raise SystemExit(f"{args.out} is there already: name a new folder")
    if not args.records.is_file():
        raise SystemExit(f"{args.records}: there is no such file")
    args.work.mkdir(parents=True, exist_ok=True)
    args.name = args.name or args.out.resolve().name
    torch.set_num_threads(args.threads)
    try:
        base = restore(args.model)
    except NotThisModel as e:
        raise SystemExit(f"can't start from {args.model}: {e}") from e
    print(f"{base.manifest['name']} {base.manifest['version']} restored: PyTorch and ONNX Runtime differ by at most {base.difference:.1e} "
          "of the largest value", flush=True)
    data = args.work / "data"
    goes_on = once(args.work, {"records": hashlib.sha256(args.records.read_bytes()).hexdigest(), "images": str(args.images), "model": base.digest,
                               "encoder-steps": args.encoder_steps, "language-steps": args.language_steps})
    if not goes_on:
        own.read(args.records, args.images, data)
    shutil.copy(args.model / "tokenizer.json", args.work)
    images = sum(1 for _ in open(data / "records.jsonl"))
    given = records.prepare(data, args.work, made=min(records.JUNK, max(88, images // 4)))
    model = Model(args.model, args.threads)
    cut = shorten(given[0], model.tokenizer)
    count = len(train_rows(given[0])[0])
    args.encoder_steps = args.encoder_steps or steps_for(count, BATCH, 8, 40, 1500)
    args.language_steps = args.language_steps or steps_for(count, language.SHOWN, 8, 80, 2500)
    print(f"{count} training images: {args.encoder_steps} steps of the encoder, {args.language_steps} of the language model", flush=True)
    taken, modules = teach(args, base, given, data)
    made = args.work / "model"
    shutil.rmtree(made, ignore_errors=True)
    today = date.today().isoformat()
    export.export(*modules, args.work, made, base.manifest["calibration"], today)
    was, now = (asked_on_dev(folder, data, given[0], args.threads) for folder in (args.model, made))
    calibration = calibrate.fit(now, base.manifest["calibration"])
    (made / "MODEL_CARD.md").write_text(card(args, base, given[0], taken, cut, was, now))
    export.manifest(made, calibration, today, {
        "name": args.name, "version": args.version, "licence": f"{base.manifest['licence']}; fine-tuned on data of the user's own",
        "fine_tuned_from": {"name": base.manifest["name"], "version": base.manifest["version"], "digest": base.digest}})
    part = args.out.with_name(args.out.name + ".part")  # a folder under its own name is always whole
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(made, part)
    if args.out.exists():
        args.out.rmdir()
    part.rename(args.out)
    print(f"{args.out}: {args.name} {args.version}, with its MODEL_CARD.md. {args.work} holds copies of the images: remove it when it is not needed.")
