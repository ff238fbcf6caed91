"""What a checkpoint's folder holds, read without torch, so that it is refused before minutes of work."""
import json
import struct
from dataclasses import dataclass
from pathlib import Path

OPEN_CLIP = "open_clip_config.json"
OPEN_CLIP_WEIGHTS = ("open_clip_model.safetensors", "model.safetensors", "open_clip_pytorch_model.bin", "pytorch_model.bin")
INDEX = "model.safetensors.index.json"
WORDS = ("tokenizer.json", "vocab.txt")  # of either transformers makes a tokenizer with what it brings along
PIECES = ("tokenizer.model", "spiece.model", "sentencepiece.bpe.model")


class Refused(Exception):
    """In one line, why a checkpoint is not imported."""


@dataclass(frozen=True)
class Checkpoint:
    """A folder, what its configuration says, and its files of weights."""
    folder: Path
    config: dict
    weights: list

    @staticmethod
    def of(folder):
        if not folder.is_dir():
            raise Refused(f"{folder}: no such folder")
        if (folder / OPEN_CLIP).exists():
            config = read(folder / OPEN_CLIP) | {"model_type": "open_clip"}
            there = [folder / name for name in OPEN_CLIP_WEIGHTS if (folder / name).exists()][:1]
            if not there:
                raise Refused(f"the weights are missing: {', '.join(OPEN_CLIP_WEIGHTS)}")
            return Checkpoint(folder, config, there)
        if not (folder / "config.json").exists():
            raise Refused("config.json is missing")
        return Checkpoint(folder, read(folder / "config.json"), shards(folder))

    @property
    def model_type(self):
        return self.config.get("model_type")

    def tensors(self):
        """Shape of each tensor, by name, out of the heads of the safetensors files."""
        shapes = {}
        for file in self.weights:
            if file.suffix == ".safetensors":
                shapes |= {name: tensor["shape"] for name, tensor in head(file).items()}
        return shapes

    def single_precision_bytes(self):
        """What the weights take as f32."""
        counted = 0
        for shape in self.tensors().values():
            size = 4
            for side in shape:
                size *= side
            counted += size
        return counted or sum(file.stat().st_size for file in self.weights)

    def refuse_without_tokenizer(self, has):
        """has: whether a Python package is there, by its name."""
        there = {file.name for file in self.folder.iterdir()}
        if there.intersection(WORDS) or {"vocab.json", "merges.txt"} <= there:
            return
        pieces = [name for name in PIECES if name in there]
        if not pieces:
            raise Refused("the tokenizer is missing: tokenizer.json (or tokenizer.model, vocab.txt, vocab.json with merges.txt)")
        for package in ("sentencepiece", "google.protobuf"):
            if not has(package):
                raise Refused(f"tokenizer.json is missing; to make it of {pieces[0]} the Python needs sentencepiece and protobuf")

    def refuse_code(self, known):
        """Classes that the checkpoint brings along are never run; where transformers has its own they are not needed."""
        if self.config.get("auto_map") and not known:
            raise Refused(f"{self.model_type} is defined by code in the checkpoint (auto_map, trust_remote_code), which is not run")


def shards(folder):
    if (folder / INDEX).exists():
        names = sorted(set(read(folder / INDEX).get("weight_map", {}).values()))
        missing = [name for name in names if not (folder / name).is_file()]
        if missing or not names:
            raise Refused(f"{INDEX} names {len(names)} files; missing: {', '.join(missing) or 'all'}")
        if any("/" in name or "\\" in name for name in names):
            raise Refused(f"{INDEX} names files outside of its folder")
        return [folder / name for name in names]
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        pickled = [*folder.glob("*.bin"), *folder.glob("*.pt*")]
        raise Refused(f"no *.safetensors; {pickled[0].name} is a pickle, which may hold code: save it as safetensors first"
                      if pickled else "no *.safetensors")
    return files


def head(file):
    """The head of a safetensors file: name, shape, type and place of each tensor; refuses one that was cut off."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        length = struct.unpack("<Q", opened.read(8).ljust(8, b"\0"))[0]
        if not 2 <= length <= min(size - 8, 100 << 20):
            raise Refused(f"{file.name} is no safetensors file")
        try:
            described = json.loads(opened.read(length))
            described.pop("__metadata__", None)
            end = max((tensor["data_offsets"][1] for tensor in described.values()), default=0)
        except (ValueError, KeyError, TypeError, IndexError) as broken:
            raise Refused(f"{file.name} is no safetensors file") from broken
    if size < 8 + length + end:
        raise Refused(f"{file.name} is cut off: {size} of {8 + length + end} bytes")
    return described


def read(file):
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as broken:
        raise Refused(f"{file.name} cannot be read: {broken}") from broken
    if not isinstance(value, dict):
        raise Refused(f"{file.name} is no JSON object")
    return value


def whole(name, missing, unexpected=()):
    """Refuses weights that would leave some of a model's tensors as they were made up."""
    if missing:
        raise Refused(f"{name} has {len(missing)} tensors that the checkpoint lacks, {sorted(missing)[0]} among them: it is of "
                      "another layout, or not whole")
    if unexpected:
        print(f"{len(unexpected)} tensors of the checkpoint are of no use, {sorted(unexpected)[0]} among them", flush=True)


def line(why):
    return " ".join(str(why).split())[:300]
