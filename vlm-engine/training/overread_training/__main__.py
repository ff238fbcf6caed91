"""python -m overread_training all --data DIR --work DIR: every stage in order, each resumed where it stopped."""
import argparse
import json
from datetime import date
from pathlib import Path

import torch

TRAINING = Path(__file__).parents[1]
MODEL = TRAINING.parent / "models/overread-mini"
SAMPLES = TRAINING.parents[1] / "service/src/main/resources/samples"
STAGES = ["prepare", "encoder", "language", "export", "samples", "evaluate"]


def modules(work):
    from . import decoder as d
    from .encoder import Encoder
    saved = torch.load(Path(work) / "language-last.pt", weights_only=False)
    encoder, projector, decoder = Encoder(), d.Projector(), d.Decoder(len(saved["decoder"]["embed.weight"]))
    for module, name in ((encoder, "encoder"), (projector, "projector"), (decoder, "decoder")):
        module.load_state_dict(saved[name])
    return encoder, projector, decoder


def main():
    parser = argparse.ArgumentParser(prog="overread_training", description=__doc__)
    parser.add_argument("stage", choices=["all", *STAGES])
    parser.add_argument("--data", required=True, help="folder with records.jsonl and images/")
    parser.add_argument("--work", required=True, help="folder for caches and checkpoints, outside the repository")
    parser.add_argument("--model", default=MODEL, type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--encoder-passes", type=int, default=3)
    parser.add_argument("--encoder-steps", type=int, help="end after so many steps, the learning rate falling with it")
    parser.add_argument("--encoder-checkpoint", help="a pass to take instead of the best on dev")
    parser.add_argument("--language-passes", type=int, default=4)
    parser.add_argument("--language-steps", type=int, help="end after so many steps, the learning rate falling with it")
    args = parser.parse_args()
    work = Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    for stage in STAGES if args.stage == "all" else [args.stage]:
        print("==", stage, flush=True)
        run(stage, args, work)


def run(stage, args, work):
    from . import encoder, evaluate, export, language, parity, records, samples, tokenizer
    if stage == "prepare":
        tokenizer.train(records.prepare(args.data, work)[0], work)
    elif stage == "encoder":
        encoder.train(args.data, work, args.encoder_passes, threads=args.threads, steps=args.encoder_steps)
    elif stage == "language":
        language.train(args.data, work, args.encoder_checkpoint or encoder.best(work), args.language_passes, threads=args.threads,
                       steps=args.language_steps)
    elif stage == "export":
        none = {"default": {"scale": 1.0, "bias": 0.0}, "by_question": {}}
        export.export(*modules(work), work, args.model, none, date.today().isoformat())
    elif stage == "samples":
        from .runtime import Model
        model = Model(args.model)
        samples.write(args.data, work, SAMPLES, lambda image: model.say(model.features(image), "Describe the findings."))
        for name, image in samples.images(SAMPLES):
            print(name, "|", model.say(model.features(image), "Describe the findings."))
        parity.reference(args.model, SAMPLES, TRAINING / "reference/parity.json")
    elif stage == "evaluate":
        calibration, table = evaluate.measure(args.data, args.model, work)
        same, count, worst = parity.against_torch(args.data, args.model, modules(work))
        table += (f"\nParity: {same} of {count} greedy answers of the exported model (int8 decoder) equal PyTorch's (float32); "
                  f"largest change of log p(yes) - log p(no): {worst:.3f}.\n")
        print(table)
        card = args.model / "MODEL_CARD.md"
        head, rest = card.read_text().split("<!-- measured -->")
        card.write_text(head + "<!-- measured -->\n" + table + "<!-- /measured -->" + rest.split("<!-- /measured -->")[1])
        export.manifest(args.model, calibration, json.loads((args.model / "overread.json").read_text())["trained"])


main()
