"""What a family must say of itself, and the folder that comes of it."""
import json
import math

import torch
from torch import nn

from . import export


class Tiny:
    """A family's tiny checkpoint. Subclasses set `name`, `model`, `processor`, `template` and override what differs."""

    name: str
    source: str  # where the chat template was published
    template = None  # None where the processor writes the prompt
    stop = None  # ids for generation_config.json; else the tokenizer's own end
    blocks = None
    softcap = None
    embedding = 1.0  # spread of the embeddings; less where they weigh so much that an answer repeats its last token

    def __init__(self, seed):
        torch.manual_seed(seed)
        self.tokenizer = self.make_tokenizer()
        self.processor = self.make_processor()
        self.model = self.make_model().eval()
        spread(self.model, self.embedding)
        self.quieten()

    @classmethod
    def of(cls, model, processor, template, stop):
        """The family's exporter with a real checkpoint in the place of the tiny one."""
        tiny = cls.__new__(cls)
        tiny.model, tiny.processor, tiny.tokenizer = model, processor, processor.tokenizer
        tiny.template, tiny.stop = template, stop
        tiny.softcap = getattr(model.config.get_text_config(), "final_logit_softcapping", None)
        return tiny

    @classmethod
    def together(cls, images, tokenizer, settings, template):
        """transformers' processor of its parts, where the family's own asks for what pictures do not need (films).

        settings: processor_config.json, {} without one.
        """
        raise NotImplementedError

    def quieten(self):
        """The answers shall be words: special tokens other than the end score about nothing."""
        with torch.no_grad():
            for token in self.tokenizer.added_tokens_decoder:
                if token != self.tokenizer.eos_token_id:
                    self.model.lm_head.weight[token] *= 0.05

    # ---- what transformers is asked

    def prompt(self, images, question):
        parts = [{"type": "image"} for _ in images] + [{"type": "text", "text": question}]
        return self.processor.apply_chat_template([{"role": "user", "content": parts}], chat_template=self.template,
                                                  add_generation_prompt=True, tokenize=False)

    def batch(self, images, question):
        text = self.prompt(images, question)
        bos = self.tokenizer.bos_token
        return dict(self.processor(text=text, images=images, return_tensors="pt",
                                   add_special_tokens=not (bos and text.startswith(bos))))

    def extended(self, batch, token):
        """The batch with one token of the answer."""
        ids = torch.cat([batch["input_ids"], torch.tensor([[token]])], 1)
        return batch | {"input_ids": ids, "attention_mask": torch.ones_like(ids)}

    def logits(self, batch):
        with torch.no_grad():
            return self.model(**batch, use_cache=False).logits[0, -1]

    def pixels(self, batch):
        """Pixel values as [pictures, 3, height, width]."""
        values = batch["pixel_values"]
        return values.reshape(-1, *values.shape[-3:])

    # ---- what is exported

    def vision(self):
        return Features(self.model.model)

    def text(self):
        return self.model.model.language_model

    def vision_graph(self, path, batch):
        export.graph(self.vision(), (self.pixels(batch)[:1],), path, ["pixel_values"], ["image_features"],
                     {"pixel_values": {0: "images"}, "image_features": {0: "images"}})

    def save(self, folder):
        """The checkpoint, as one lies on the hub."""
        self.model.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)
        self.processor.image_processor.save_pretrained(folder)
        if self.processor_settings():
            write(folder / "processor_config.json", self.processor_settings())
        if self.template_in_folder():
            (folder / "chat_template.jinja").write_text(self.template)

    def write(self, folder, batch):
        graphs = folder / "onnx"
        graphs.mkdir(parents=True)
        self.model.config.save_pretrained(folder)
        self.processor.image_processor.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)
        for name, change in (("preprocessor_config.json", published), ("config.json", lean)):
            write(folder / name, change(json.loads((folder / name).read_text())))
        # transformers of today keeps the kind of tokenizer and more; the hub's folders need this much
        kept = {f"{name}_token": getattr(self.tokenizer, f"{name}_token") for name in ("bos", "eos", "pad", "unk")}
        write(folder / "tokenizer_config.json", {k: v for k, v in kept.items() if v})
        tokens = json.loads((folder / "tokenizer.json").read_text())
        (folder / "tokenizer.json").write_text(json.dumps(tokens, ensure_ascii=False, separators=(",", ":")) + "\n")
        if self.processor_settings():
            write(folder / "processor_config.json", self.processor_settings())
        if self.template_in_folder():
            (folder / "chat_template.jinja").write_text(self.template)
        write(folder / "generation_config.json", {"eos_token_id": self.stop or self.tokenizer.eos_token_id})
        self.vision_graph(graphs / "vision_encoder.onnx", batch)
        export.embedding(self.model.get_input_embeddings(), graphs / "embed_tokens.onnx")
        self.decoder_graph(graphs / "decoder_model_merged.onnx")

    def decoder_graph(self, path):
        export.decoder(export.Decoder(self.text(), self.model.lm_head, self.blocks, self.softcap), path)

    def processor_settings(self):
        return {}

    def template_in_folder(self):
        return True


class Features(nn.Module):
    """`pixel_values` -> `image_features`, as transformers projects them."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        features = self.model.get_image_features(pixel_values).pooler_output
        return torch.stack(features) if isinstance(features, (list, tuple)) else features


def spread(model, embedding):
    """Wide enough random weights that no reference hangs on the last bit of a float."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "norm" in name and p.dim() == 1 and name.endswith("weight"):
                p.copy_(p + 0.2 * torch.randn_like(p))
            elif p.dim() == 1:
                p.normal_(0, 0.2)
            elif "embed" in name and "patch" not in name:
                p.normal_(0, embedding)
            else:
                p.normal_(0, 1.6 / math.sqrt(p[0].numel()))


def published(settings):
    """The image processor's file as the hub's folders have it: named after the class of any backend."""
    for name in ("image_processor_type", "processor_class"):
        if isinstance(settings.get(name), str):
            settings[name] = settings[name].removesuffix("Pil").removesuffix("Fast")
    return settings


def lean(config):
    return {k: v for k, v in config.items() if k not in ("transformers_version", "dtype")}


def write(path, value):
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
