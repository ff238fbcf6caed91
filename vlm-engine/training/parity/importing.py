"""From a Hugging Face checkpoint (config.json, *.safetensors) to a model folder in the hub layout.

    python -m parity.importing CHECKPOINT FOLDER

What `java -jar overread.jar model import` runs. Nothing is downloaded and no code of the checkpoint's is run. Weights
are exported in single precision; attention as the family was trained: within an image (Gemma 3), over the prompt (PaliGemma).
"""
import hashlib
import json
import sys
from pathlib import Path

import torch
import transformers
from transformers import AutoImageProcessor, AutoModelForImageTextToText, AutoProcessor, AutoTokenizer

from .families import REGISTRY
from .families.qwen_vl import without_films
from .pictures import all_pictures

# config.json's model_type: the family whose graphs are exported
FAMILIES = {"llava": "llava", "llava_onevision": "llava-onevision", "smolvlm": "smolvlm", "idefics3": "idefics3",
            "gemma3": "gemma3-blocks", "paligemma": "paligemma-prefix", "qwen2_vl": "qwen2-vl", "qwen2_5_vl": "qwen2.5-vl",
            "qwen3_vl": "qwen3-vl"}


def opened(checkpoint):
    """The family's exporter, with the checkpoint's weights, processor and template in place of tiny ones."""
    model_type = json.loads((checkpoint / "config.json").read_text())["model_type"]
    if model_type not in FAMILIES:
        raise SystemExit(f"{model_type} is no family that can be exported; those are {', '.join(FAMILIES)}")
    family = REGISTRY[FAMILIES[model_type]]
    exporter = family.__new__(family)
    exporter.processor = processor(checkpoint, family)
    exporter.tokenizer = exporter.processor.tokenizer
    exporter.model = AutoModelForImageTextToText.from_pretrained(
        checkpoint, local_files_only=True, dtype=torch.float32, attn_implementation="eager").eval()
    exporter.template = getattr(exporter.processor, "chat_template", None) or family.template
    exporter.deep = len(getattr(exporter.model.config.vision_config, "deepstack_visual_indexes", None) or [])
    text = exporter.model.config.get_text_config()
    exporter.softcap = getattr(text, "final_logit_softcapping", None)
    generation = checkpoint / "generation_config.json"
    if generation.exists():
        exporter.stop = json.loads(generation.read_text()).get("eos_token_id")
    return exporter


def processor(checkpoint, family):
    try:
        return AutoProcessor.from_pretrained(checkpoint, local_files_only=True)
    except ImportError:  # torchvision, for films; pictures need none
        if not hasattr(family, "together"):
            raise
        images = AutoImageProcessor.from_pretrained(checkpoint, local_files_only=True, use_fast=False)
        tokenizer = AutoTokenizer.from_pretrained(checkpoint, local_files_only=True)
        template = checkpoint / "chat_template.jinja"
        return without_films(family.together)(images, tokenizer, chat_template=template.read_text() if template.exists()
                                              else tokenizer.chat_template)


def describe(folder, name, checkpoint):
    """overread.json: the name, the digests of every file, and of the weights that were exported."""
    weights = hashlib.sha256()
    for file in sorted(checkpoint.glob("*.safetensors")):
        weights.update(file.read_bytes() if file.stat().st_size < 1 << 20 else digest(file).encode())
    files = {str(f.relative_to(folder)): digest(f) for f in sorted(folder.rglob("*")) if f.is_file()}
    (folder / "overread.json").write_text(json.dumps(
        {"name": name, "version": weights.hexdigest()[:12], "files": files}, indent=1) + "\n")


def digest(file):
    with file.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def main():
    checkpoint, folder = Path(sys.argv[1]), Path(sys.argv[2])
    transformers.logging.set_verbosity_error()
    exporter = opened(checkpoint)
    print(f"exporting {type(exporter.model).__name__} to {folder}", flush=True)
    exporter.write(folder, exporter.batch([all_pictures()["wide"]], "Is there a nodule?"))
    describe(folder, checkpoint.resolve().name, checkpoint)


if __name__ == "__main__":
    main()
