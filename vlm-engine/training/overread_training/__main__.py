"""python -m overread_training all --data DIR --work DIR: every stage in order, each resumed where it stopped; or fine-tune --help."""
import argparse
import json
import sys
from datetime import date
from pathlib import Path

import torch

TRAINING = Path(__file__).parents[1]
MODEL = TRAINING.parent / "models/overread-mini"
SAMPLES = TRAINING.parents[1] / "service/src/main/resources/samples"
STAGES = ["prepare", "encoder", "language", "reading", "export", "calibrate", "samples", "parity"]
TOGETHER = {"all": STAGES, "train": ["encoder", "language", "reading"]}
MEASURES = ["evaluate", "ablations", "confounds"]  # by name only


def modules(work):
    from . import decoder as d
    from .encoder import Pair
    saved = torch.load(Path(work) / "together-last.pt", weights_only=False)
    encoder, both = Pair(), torch.nn.ModuleList([d.Projector(), d.Decoder(saved["vocabulary"])])
    encoder.load_state_dict(saved["encoder"])
    both.load_state_dict(saved["ema"])
    return encoder, *both


def main():
    if sys.argv[1:2] == ["fine-tune"]:  # it has a user's data and options of its own
        from . import fine_tune
        return fine_tune.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="overread_training", description=__doc__)
    parser.add_argument("stage", choices=[*TOGETHER, *STAGES, *MEASURES])
    parser.add_argument("--data", required=True, help="folder with records.jsonl and images/")
    parser.add_argument("--work", required=True, help="folder for caches and checkpoints, outside the repository")
    parser.add_argument("--other", help="folder of photographs and drawings that are no radiology, to learn refusal from")
    parser.add_argument("--model", default=MODEL, type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--encoder-passes", type=int, default=8)
    parser.add_argument("--language-passes", type=int, default=2)
    parser.add_argument("--java", default="java", help="a JDK 25, for evaluate")
    args = parser.parse_args()
    work = Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    for stage in TOGETHER.get(args.stage, [args.stage]):
        print("==", stage, flush=True)
        run(stage, args, work)


def run(stage, args, work):
    from . import ablations, align, calibrate, confounds, evaluate, export, language, parity, reading, records, samples, tokenizer
    if stage == "prepare":
        tokenizer.train(records.prepare(args.data, work, args.other)[0], work)
    elif stage == "encoder":
        align.train_all(args.data, work, args.other, args.encoder_passes, args.threads)
    elif stage == "language":
        language.train(args.data, work, align.pair(work), args.other, args.language_passes, args.threads)
    elif stage == "reading":
        reading.stage(args.data, work, align.pair(work), args.other, args.threads)
    elif stage == "export":
        none = {"default": {"scale": 1.0, "bias": 0.0}, "by_question": {}}
        export.export(*modules(work), work, args.model, none, date.today().isoformat())
    elif stage == "calibrate":
        calibration, line = calibrate.calibrate(args.data, args.model)
        print(line)
        export.manifest(args.model, calibration, json.loads((args.model / "overread.json").read_text())["trained"])
    elif stage == "samples":
        from .runtime import Model
        model = Model(args.model)
        samples.write(args.data, work, SAMPLES, lambda image: model.say(model.features(image), "Describe the findings."))
        for name, image in samples.images(SAMPLES):
            print(name, "|", model.say(model.features(image), "Describe the findings."))
    elif stage == "parity":
        parity.reference(args.model, SAMPLES, TRAINING / "reference/parity.json")
        same, count, worst = parity.against_torch(args.data, args.model, modules(work), work / "reference.jsonl")
        print(f"{same} of {count} greedy answers of the exported model equal PyTorch's (float32); "
              f"largest change of log p(yes) - log p(no): {worst:.3f}; PyTorch's answers: {work / 'reference.jsonl'}")
    elif stage == "evaluate":
        tables = evaluate.evaluate(args.data, work, args.model, args.java)
        evaluate.into_card(args.model, tables)
        print(tables)
    elif stage == "ablations":
        print(ablations.compare(args.data, work, args.other, args.threads))
    elif stage == "confounds":
        print(confounds.measure(args.data, args.model))


if __name__ == "__main__":
    main()
