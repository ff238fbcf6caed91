import argparse
import shutil
import tempfile
from pathlib import Path

import torch
import transformers

from .families import REGISTRY
from .golden import Indistinct, record
from .importing import brought
from .pictures import all_pictures


def main():
    parser = argparse.ArgumentParser(prog="python -m parity", description=__doc__)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(REGISTRY)}; all if none is named")
    parser.add_argument("--out", type=Path, required=True, help="folder of the fixtures, one folder a family")
    parser.add_argument("--imported", action="store_true", help="by way of a saved checkpoint and importing.py")
    options = parser.parse_args()
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    pictures = all_pictures()
    shown = options.out / "pictures"
    shown.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        picture.save(shown / f"{name}.png", optimize=True)
    for name in options.families or REGISTRY:
        folder = options.out / name
        tiny = first_distinct(REGISTRY[name], pictures, folder)
        if options.imported:
            with tempfile.TemporaryDirectory() as checkpoint:
                tiny.save(Path(checkpoint))
                brought(Path(checkpoint), folder / "model", None)
        else:
            tiny.write(folder / "model", tiny.batch([pictures["wide"]], "Is there a nodule?"))
        size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
        print(f"{name}: {size / 1000:.0f} kB")


def first_distinct(family, pictures, folder):
    for seed in range(20261126, 20261146):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        tiny = family(seed)
        try:
            record(tiny, pictures, folder)
            return tiny
        except Indistinct as why:
            print(f"{family.name}, seed {seed}: {why}")
    raise SystemExit(f"{family.name}: no seed will do")


main()
