"""What each part of the encoder's recipe is worth: the same short training, each time with one thing left out.

Short, at 160 px and with the smaller network alone, so that the four runs fit into a quarter of an hour; each is a process of its own, since the size is fixed at import.
"""
import os
import subprocess
import sys
from pathlib import Path

import torch

SIDE, PASSES, CONTRASTIVE = "160", 2, 60
RUNS = {"the recipe": {}, "no contrastive stage": {"contrastive": 0}, "no augmentation": {"augmented": False},
        "no pretraining": {"pretrained": False}}
SHOWN = {"NIH mean": "NIH mean", "nih:No Finding": "no finding", "child:pneumonia": "child, pneumonia", "child:bacteria": "bacteria",
         "breast:malignant": "breast, malignant", "brain accuracy": "brain, of three", "ct:malignant": "CT, malignant"}


def run(name, data, work, other, threads):
    """Trains one of RUNS; called in a process of its own."""
    from . import align
    settings = {"contrastive": CONTRASTIVE} | RUNS[name]
    align.train(data, work, other, passes=PASSES, threads=threads, measured=PASSES, backbone="lite0", **settings)


def compare(data, work, other, threads):
    """Runs what has not run yet and returns the table as Markdown."""
    lines = ["| | " + " | ".join(SHOWN.values()) + " |", "| --- |" + " --- |" * len(SHOWN)]
    for name in RUNS:
        folder = Path(work) / ("ablation-" + name.replace(" ", "-"))
        folder.mkdir(exist_ok=True)
        for kept in ("images384.npy", "tokenizer.json"):
            if not (folder / kept).exists():
                (folder / kept).symlink_to((Path(work) / kept).resolve())
        done = folder / f"encoder-pass{PASSES}.pt"
        if not done.exists():
            program = f"from overread_training import ablations; ablations.run({name!r}, {str(data)!r}, {str(folder)!r}, {other!r}, {threads})"
            subprocess.run([sys.executable, "-W", "ignore", "-c", program], check=True, env=os.environ | {
                "OVERREAD_TRAINING_SIZE": SIDE, "PYTHONPATH": str(Path(__file__).parents[1])})
        scores = torch.load(done, weights_only=False)["scores"]
        lines.append(f"| {name} | " + " | ".join(f"{scores[k]:.3f}" for k in SHOWN) + " |")
    return "\n".join(lines)
