"""A checkpoint's weights, tokenizer and image processor in the hands of its family's exporter."""
import contextlib
import io
import json

import torch
import transformers
from transformers import (AutoImageProcessor, AutoModel, AutoModelForImageTextToText, AutoProcessor, AutoTokenizer,
                          PreTrainedTokenizerFast)

from . import contrastive, llava_med, open_clip
from .checkpoint import Refused, line, whole
from .families import REGISTRY
from .pictures import all_pictures

# config.json's model_type: the family whose graphs are exported
FAMILIES = {"llava": "llava", "llava_onevision": "llava-onevision", "smolvlm": "smolvlm", "idefics3": "idefics3",
            "gemma3": "gemma3-blocks", "paligemma": "paligemma-prefix", "qwen2_vl": "qwen2-vl", "qwen2_5_vl": "qwen2.5-vl",
            "qwen3_vl": "qwen3-vl", "mllama": "llama-3.2-vision", "florence2": "florence-2"}
CONTRASTIVE = ("clip", "siglip", "vision-text-dual-encoder")
CONVERTED = {"llava_mistral": llava_med, "open_clip": open_clip}
LOCAL = {"local_files_only": True, "trust_remote_code": False}


class Opening:
    """How a checkpoint of one kind is read; `write` makes the folder's files and returns the suffix of each graph."""

    def __init__(self, checkpoint):
        self.checkpoint, self.folder = checkpoint, checkpoint.folder

    @staticmethod
    def of(checkpoint):
        kind = checkpoint.model_type
        if kind == "siglip2":
            raise Refused("siglip2 is the kind that keeps an image's shape (naflex), which is not exported; those of one "
                          "resolution are of type siglip")
        known = kind in FAMILIES or kind in CONTRASTIVE or kind in CONVERTED
        checkpoint.refuse_code(known)
        if not known:
            every = ", ".join([*FAMILIES, *CONTRASTIVE, *CONVERTED])
            raise Refused(f"{kind} is no family that can be exported; those are {every}")
        transformers.logging.set_verbosity_error()
        transformers.logging.disable_progress_bar()
        return (Generative if kind in FAMILIES else Contrastive if kind in CONTRASTIVE else Converted)(checkpoint)

    def template(self):
        """The chat template where a folder may hold it, else None."""
        jinja, older = self.folder / "chat_template.jinja", self.folder / "chat_template.json"
        if jinja.exists():
            return jinja.read_text(encoding="utf-8")
        return json.loads(older.read_text(encoding="utf-8")).get("chat_template") if older.exists() else None

    def tokenizer(self):
        return of_transformers(lambda: AutoTokenizer.from_pretrained(self.folder, **LOCAL), "its tokenizer")

    def images(self):
        return of_transformers(lambda: AutoImageProcessor.from_pretrained(self.folder, backend="pil", **LOCAL), "its image processor")

    def weights(self, model):
        """The model with all its weights; one that would keep random ones is refused."""
        def load():
            return model.from_pretrained(self.folder, dtype=torch.float32, attn_implementation="eager",
                                         output_loading_info=True, **LOCAL)
        loaded, told = of_transformers(load, "its weights")
        whole(type(loaded).__name__, told["missing_keys"], told["unexpected_keys"])
        return loaded.eval()

    def ends(self, text):
        """The ids that end an answer; text: the configuration of the text model."""
        generation = self.folder / "generation_config.json"
        stated = json.loads(generation.read_text(encoding="utf-8")).get("eos_token_id") if generation.exists() else None
        return stated if stated is not None else getattr(text, "eos_token_id", None)

    def exported(self, tiny, folder):
        try:
            tiny.write(folder, tiny.batch([all_pictures()["wide"]], "Is there a nodule?"))
        except torch.onnx.errors.OnnxExporterError as why:
            raise Refused(f"torch cannot export it: {line(why)}") from why
        return {graph.stem: "" for graph in sorted((folder / "onnx").glob("*.onnx"))}

    def say(self, what):
        print(f"exporting {what}, {self.checkpoint.single_precision_bytes() / 1e9:.2f} GB in single precision", flush=True)


class Generative(Opening):
    def write(self, folder):
        family = REGISTRY[FAMILIES[self.checkpoint.model_type]]
        processor = self.processor(family)
        model = self.weights(AutoModelForImageTextToText)
        template = self.template() or getattr(processor, "chat_template", None) or getattr(processor.tokenizer, "chat_template", None)
        if isinstance(template, dict):
            template = template.get("default")
        if template is None and family.template is not None:
            print(f"the checkpoint has no chat template; that of {family.source} is written", flush=True)
        self.say(type(model).__name__)
        return self.exported(family.of(model, processor, template or family.template, self.ends(model.config.get_text_config())), folder)

    def processor(self, family):
        try:
            made = AutoProcessor.from_pretrained(self.folder, backend="pil", **LOCAL)
            if hasattr(made, "tokenizer"):
                return made
        except (ImportError, AttributeError):  # torchvision, for films, which pictures do not need; a token without its name
            pass
        except (OSError, ValueError, KeyError, TypeError) as why:
            raise Refused(f"its processor cannot be read: {line(why)}") from why
        try:
            return family.together(self.images(), self.tokenizer(), self.settings(), self.template())
        except NotImplementedError:
            raise Refused(f"transformers finds no processor of {self.checkpoint.model_type} in it") from None

    def settings(self):
        file = self.folder / "processor_config.json"
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


class Contrastive(Opening):
    def write(self, folder):
        model = self.weights(AutoModel)
        self.say(type(model).__name__)
        contrastive.write(folder, model, self.tokenizer(), self.images(), model.config.model_type == "siglip")
        return {"model": ""}

    def tokenizer(self):
        made = super().tokenizer()
        if made.is_fast:
            return made
        file = self.folder / "tokenizer.json"  # transformers has none of SigLIP's kind that is written in Rust
        if not file.exists():
            raise Refused(f"tokenizer.json is missing, and transformers cannot write it of {type(made).__name__}")
        return PreTrainedTokenizerFast(tokenizer_file=str(file), pad_token=made.pad_token, eos_token=made.eos_token,
                                       unk_token=made.unk_token, model_max_length=made.model_max_length,
                                       model_input_names=made.model_input_names)


class Converted(Opening):
    """Layouts that transformers has no classes for."""

    def write(self, folder):
        converter = CONVERTED[self.checkpoint.model_type]
        self.say(converter.NAME)
        return converter.write(folder, self)


def of_transformers(load, what):
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            return load()
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError) as why:
        raise Refused(f"{what} cannot be read: {line(why)}") from why
