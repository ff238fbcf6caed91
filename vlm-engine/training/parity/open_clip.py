"""open_clip's layout with a Hugging Face text tower (BiomedCLIP), as the dual encoder that the engine reads.

| open_clip's tensor | here |
| --- | --- |
| `visual.trunk.cls_token`, `pos_embed`, `patch_embed.proj`, `norm` | ViT: `embeddings.cls_token`, `.position_embeddings`, `.patch_embeddings.projection`, `layernorm` |
| `visual.trunk.blocks.N.norm1`, `norm2`, `attn.qkv` (parted in three), `attn.proj`, `mlp.fc1`, `fc2` | `layers.N.layernorm_before`, `layernorm_after`, `attention.q_proj`, `k_proj`, `v_proj`, `o_proj`, `mlp.fc1`, `fc2` |
| `visual.head.proj` | image projection |
| `text.transformer.` ... | BERT: the same |
| `text.proj.0`, `.2`, or `text.proj` | text projection |
| `logit_scale`, `logit_bias` | the same |

Sizes come out of the weights: the configuration only names a model of timm's and one of the hub's.
"""
import json
from types import SimpleNamespace

import torch
from safetensors.torch import load_file
from torch import nn
from transformers import BertConfig, BertModel, CLIPImageProcessorPil, PreTrainedTokenizerFast, ViTConfig, ViTModel
from transformers import VisionTextDualEncoderConfig

from . import contrastive
from .checkpoint import Refused, line, whole

NAME = "open_clip's CustomTextCLIP"
HEAD = 64  # width of a head in timm's vit_tiny to vit_large and in BERT
WIDEST = 1024
OPENAI = {"mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711]}
IMAGE = (("cls_token", "embeddings.cls_token"), ("pos_embed", "embeddings.position_embeddings"),
         ("patch_embed.proj.", "embeddings.patch_embeddings.projection."), ("norm.", "layernorm."), ("blocks.", "layers."))
INSIDE = ((".norm1.", ".layernorm_before."), (".norm2.", ".layernorm_after."), (".attn.proj.", ".attention.o_proj."))


def write(folder, opening):
    checkpoint = opening.checkpoint
    stated = checkpoint.config.get("model_cfg", {})
    refuse_otherwise(stated, checkpoint.config.get("preprocess_cfg", {}))
    tensors = weights(checkpoint.weights[0])
    model = DualEncoder(tensors, stated)
    tokenizer = words(opening, model.config.text_config)
    contrastive.write(folder, model.eval(), tokenizer, pictures(model.config.vision_config.image_size, checkpoint.config), False)
    return {"model": ""}


def refuse_otherwise(stated, preprocessing):
    vision, text = stated.get("vision_cfg", {}), stated.get("text_cfg", {})
    usual = {("timm_pool", vision.get("timm_pool", "avg")): ("", "token"),
             ("timm_proj", vision.get("timm_proj", "linear")): ("linear",),
             ("hf_pooler_type", text.get("hf_pooler_type")): ("cls_last_hidden_state_pooler",),
             ("hf_proj_type", text.get("hf_proj_type")): ("linear", "mlp"),
             ("resize_mode", preprocessing.get("resize_mode", "shortest")): ("shortest",),
             ("interpolation", preprocessing.get("interpolation", "bicubic")): ("bicubic",)}
    if not str(vision.get("timm_model_name", "")).startswith("vit_") or "hf_model_name" not in text:
        raise Refused("open_clip_config.json: only a ViT of timm's with a text tower of Hugging Face's is converted")
    for (name, value), known in usual.items():
        if value not in known:
            raise Refused(f"open_clip_config.json: {name} is {value!r}; only {' or '.join(map(repr, known))} is converted")


def weights(file):
    """A pickle is read without running anything that it holds."""
    if file.suffix == ".safetensors":
        tensors = load_file(file)
    else:
        try:
            tensors = torch.load(file, map_location="cpu", weights_only=True)
        except Exception as why:  # pickle's own, zipfile's, torch's
            raise Refused(f"{file.name} cannot be read as plain tensors: {line(why)}") from why
        tensors = tensors.get("state_dict", tensors)
    return {name.removeprefix("module."): tensor.float() for name, tensor in tensors.items() if tensor.is_floating_point()}


def words(opening, text):
    folder = opening.folder
    file = folder / "tokenizer.json"
    if file.exists():
        settings = json.loads((folder / "tokenizer_config.json").read_text()) if (folder / "tokenizer_config.json").exists() else {}
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(file), pad_token=plain(settings.get("pad_token", "[PAD]")))
    else:
        from transformers import BertTokenizer
        tokenizer = BertTokenizer.from_pretrained(folder, local_files_only=True)
    tokenizer.model_max_length = text.max_position_embeddings
    tokenizer.model_input_names = ["input_ids", "attention_mask"]
    return tokenizer


def plain(token):
    return token["content"] if isinstance(token, dict) else token


def pictures(size, config):
    preprocessing = OPENAI | config.get("preprocess_cfg", {})
    return CLIPImageProcessorPil(size={"shortest_edge": size}, crop_size={"height": size, "width": size}, resample=3,
                                 image_mean=list(preprocessing["mean"]), image_std=list(preprocessing["std"]))


def heads(width):
    if width % HEAD or width > WIDEST:
        raise Refused(f"the heads of a tower {width} wide are not known")
    return width // HEAD


def depth(tensors, start):
    return 1 + max(int(name.removeprefix(start).split(".")[0]) for name in tensors if name.startswith(start))


def image_tower(tensors):
    mapped = {}
    for name, tensor in tensors.items():
        if not name.startswith("visual.trunk."):
            continue
        name = name.removeprefix("visual.trunk.")
        for start, put in IMAGE:
            if name.startswith(start):
                name = put + name.removeprefix(start)
                break
        for part, put in INSIDE:
            name = name.replace(part, put)
        if ".attn.qkv." in name:
            for kind, third in zip("qkv", tensor.chunk(3)):
                mapped[name.replace(".attn.qkv.", f".attention.{kind}_proj.")] = third
        else:
            mapped[name] = tensor
    width, _, patch, _ = mapped["embeddings.patch_embeddings.projection.weight"].shape
    side = round((mapped["embeddings.position_embeddings"].shape[1] - 1) ** 0.5)
    tower = ViTModel(ViTConfig(
        hidden_size=width, num_hidden_layers=depth(mapped, "layers."), num_attention_heads=heads(width), patch_size=patch,
        intermediate_size=mapped["layers.0.mlp.fc1.weight"].shape[0], image_size=side * patch, layer_norm_eps=1e-6),
        add_pooling_layer=False)
    filled(tower, mapped)
    return tower


def text_tower(tensors, longest):
    start = "text.transformer."
    mapped = {name.removeprefix(start): tensor for name, tensor in tensors.items() if name.startswith(start)}
    words, width = mapped["embeddings.word_embeddings.weight"].shape
    places = mapped["embeddings.position_embeddings.weight"].shape[0]
    tower = BertModel(BertConfig(
        vocab_size=words, hidden_size=width, num_hidden_layers=depth(mapped, "encoder.layer."), num_attention_heads=heads(width),
        intermediate_size=mapped["encoder.layer.0.intermediate.dense.weight"].shape[0], max_position_embeddings=places,
        type_vocab_size=mapped["embeddings.token_type_embeddings.weight"].shape[0]), add_pooling_layer=False)
    filled(tower, mapped)
    tower.config.max_position_embeddings = min(longest, places)  # of a text, not of the table
    return tower


def filled(module, tensors):
    missing, unexpected = module.load_state_dict(tensors, strict=False)
    whole(f"{NAME} ({type(module).__name__})", missing, unexpected)


def projection(tensors, name):
    """One matrix, or two with GELU between them; none has a bias."""
    parts = [tensors[key] for key in (f"{name}.weight", f"{name}.0.weight", f"{name}.2.weight") if key in tensors]
    if not parts or f"{name}.bias" in tensors:
        raise Refused(f"{NAME}: its {name} is of another kind")
    layers = [nn.Linear(part.shape[1], part.shape[0], bias=False) for part in parts]
    with torch.no_grad():
        for layer, part in zip(layers, parts):
            layer.weight.copy_(part)
    return nn.Sequential(*[module for layer in layers for module in (layer, nn.GELU())][:-1])


class DualEncoder(nn.Module):
    def __init__(self, tensors, stated):
        super().__init__()
        try:
            self.image, self.text = image_tower(tensors), text_tower(tensors, stated["text_cfg"].get("context_length", 77))
            self.image_projection, self.text_projection = projection(tensors, "visual.head.proj"), projection(tensors, "text.proj")
            self.scale, self.bias = float(tensors["logit_scale"].exp()), float(tensors.get("logit_bias", torch.zeros(())))
        except (KeyError, ValueError) as missing:
            raise Refused(f"its weights are not those of {NAME}: {missing}") from missing
        self.config = VisionTextDualEncoderConfig.from_vision_text_configs(
            self.image.config, self.text.config, projection_dim=stated["embed_dim"])

    def forward(self, pixel_values, input_ids, attention_mask):
        image = self.image_projection(self.image(pixel_values).last_hidden_state[:, 0])
        text = self.text_projection(self.text(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state[:, 0])
        image, text = nn.functional.normalize(image, dim=-1), nn.functional.normalize(text, dim=-1)
        return SimpleNamespace(logits_per_image=image @ text.T * self.scale + self.bias, text_embeds=text, image_embeds=image)
