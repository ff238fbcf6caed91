"""From a checkpoint to a model folder in the hub layout.

    python -m parity.importing CHECKPOINT FOLDER [--quantise int8|q4]

What `java -jar overread.jar model import` runs. Nothing is downloaded and no code of the checkpoint's is run. It is written
beside FOLDER and renamed when it is whole; what a killed import leaves is called FOLDER.importing and does not load.
"""
import argparse
import errno
import hashlib
import importlib.util
import json
import shutil
import signal
import sys
from pathlib import Path

from .checkpoint import Checkpoint, Refused

PACKAGES = {"torch": "torch", "transformers": "transformers", "onnx": "onnx", "numpy": "numpy", "PIL": "pillow",
            "jinja2": "jinja2", "safetensors": "safetensors"}
QUANTISING = {"onnxruntime": "onnxruntime", "onnx_ir": "onnx-ir"}
SPARE = 1 << 28  # bytes beside the weights themselves


def main():
    parser = argparse.ArgumentParser(prog="model import")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quantise", choices=("int8", "q4"))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    try:
        brought(options.checkpoint.resolve(), options.folder.resolve(), options.quantise)
    except Refused as why:
        sys.exit(f"{options.checkpoint}: {why}")
    except OSError as why:
        if why.errno != errno.ENOSPC:
            sys.exit(f"{options.checkpoint}: {why}")
        sys.exit(f"no space is left on the disk of {options.folder}")
    except MemoryError:
        sys.exit(f"{options.checkpoint}: it needs more memory than there is")
    except KeyboardInterrupt:
        sys.exit("stopped")


def brought(source, folder, quantise):
    require(PACKAGES | (QUANTISING if quantise else {}))
    checkpoint = Checkpoint.of(source)
    from .opening import Opening  # torch and transformers: seconds
    opening = Opening.of(checkpoint)
    checkpoint.refuse_without_tokenizer(has)
    needed = 2 * checkpoint.single_precision_bytes() + SPARE  # the exporter writes its own files first
    begun = folder.with_name(folder.name + ".importing")
    folder.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder.parent).free
    if free < needed:
        raise Refused(f"about {needed / 1e9:.1f} GB are needed at {folder.parent}, {free / 1e9:.1f} GB are free")
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty")
    try:
        begun.mkdir()
    except FileExistsError:
        raise Refused(f"{begun} is of an import that runs or was killed; remove it") from None
    try:
        (begun / "overread.json").write_text("{}\n")  # states no digest: until it does, nothing loads the folder
        dtype = opening.write(begun)
        if quantise:
            from .quantise import quantised
            dtype = quantised(begun / "onnx", quantise)
        describe(begun, source, checkpoint.weights, dtype)
        begun.rename(folder)
    except BaseException:
        shutil.rmtree(begun, ignore_errors=True)
        raise


def has(package):
    try:
        return importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:  # of what the package lies in
        return False


def require(packages):
    missing = [distributed for package, distributed in packages.items() if not has(package)]
    if missing:
        raise Refused(f"{sys.executable} lacks {', '.join(missing)}: pip install {' '.join(missing)}")
    if "transformers" in packages:
        import transformers
        if int(transformers.__version__.split(".")[0]) < 5:
            raise Refused(f"{sys.executable} has transformers {transformers.__version__}; 5 or later is needed")


def describe(folder, source, weights, dtype):
    """overread.json: the name, the digests of every file, and of the weights that were exported."""
    read = hashlib.sha256()
    for file in weights:
        read.update(digest(file).encode())
    files = {f.relative_to(folder).as_posix(): digest(f)
             for f in sorted(folder.rglob("*")) if f.is_file() and f.name != "overread.json"}
    (folder / "overread.json").write_text(json.dumps(
        {"name": source.name, "version": read.hexdigest()[:12], "dtype": dtype, "files": files}, indent=1) + "\n")


def digest(file):
    with file.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


if __name__ == "__main__":
    main()
