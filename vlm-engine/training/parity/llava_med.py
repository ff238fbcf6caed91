"""LLaVA-Med v1.5 in the layout of the original LLaVA repository (`llava_mistral`), as transformers' LLaVA.

| published tensor | here |
| --- | --- |
| `model.embed_tokens`, `model.layers.N`, `model.norm` | `model.language_model.` and the same |
| `lm_head` | `lm_head` |
| `model.mm_projector.0`, `.2` | `model.multi_modal_projector.linear_1`, `linear_2` |
| `model.vision_tower.vision_tower.vision_model.` ... | `model.vision_tower.` ... |

Where the checkpoint lacks the vision tower (config.json's mm_vision_tower), that checkpoint's folder is looked for in it, as
`vision_tower/`. The tokenizer gets `<image>` behind its words: an embedding that is never read, and no score.
"""
import torch
from safetensors.torch import load_file
from torch import nn
from transformers import CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor, MistralConfig
from transformers.models.llava.image_processing_pil_llava import LlavaImageProcessorPil

from .checkpoint import Checkpoint, Refused, whole
from .families.llava_med import LlavaMed

NAME = "LlavaMistralForCausalLM"
TOWER = "model.vision_tower.vision_tower.vision_model."
IMAGE = "<image>"
MAPPED = (("model.mm_projector.0.", "model.multi_modal_projector.linear_1."),
          ("model.mm_projector.2.", "model.multi_modal_projector.linear_2."),
          (TOWER, "model.vision_tower."),
          ("lm_head.", "lm_head."),
          ("model.", "model.language_model."))
HEAD = 64  # width of a head in CLIP's ViT-B and ViT-L
WIDEST = 1024
MISTRAL = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
           "head_dim", "hidden_act", "max_position_embeddings", "rms_norm_eps", "sliding_window", "bos_token_id", "eos_token_id",
           "pad_token_id", "tie_word_embeddings")


def write(folder, opening):
    checkpoint = opening.checkpoint
    config = checkpoint.config
    refuse_otherwise(config)
    tensors = weights(checkpoint)
    tokenizer = opening.tokenizer()
    token = len(tokenizer) if IMAGE not in tokenizer.get_vocab() else tokenizer.convert_tokens_to_ids(IMAGE)
    tokenizer.add_tokens([IMAGE], special_tokens=True)
    model = LlavaForConditionalGeneration._from_config(
        LlavaConfig(vision_config=vision(checkpoint, tensors), text_config=text(config), image_token_index=token,
                    vision_feature_layer=config.get("mm_vision_select_layer", -2), vision_feature_select_strategy="default"),
        attn_implementation="eager")
    loaded(model, tensors, token)
    tower = model.config.vision_config
    size = tower.image_size
    pad = config.get("image_aspect_ratio") == "pad"
    images = LlavaImageProcessorPil(size={"shortest_edge": size}, crop_size={"height": size, "width": size}, do_pad=pad)
    template = opening.template() or LlavaMed.template
    processor = LlavaProcessor(images, tokenizer, patch_size=tower.patch_size, vision_feature_select_strategy="default",
                               num_additional_image_tokens=1, chat_template=template)
    return opening.exported(LlavaMed.of(model.eval(), processor, template, opening.ends(model.config.text_config)), folder)


def refuse_otherwise(config):
    """What LLaVA can be set to and LLaVA-Med is not."""
    stated = {"mm_projector_type": "mlp2x_gelu", "mm_vision_select_feature": "patch", "mm_patch_merge_type": "flat",
              "mm_use_im_start_end": False, "mm_use_im_patch_token": False}
    for name, usual in stated.items():
        if config.get(name, usual) != usual:
            raise Refused(f"config.json: {name} is {config[name]}; only {usual} is converted")


def weights(checkpoint):
    """The tensors by the names of here."""
    mapped = {}
    for file in checkpoint.weights:
        for name, tensor in load_file(file).items():
            start, put = next(((start, put) for start, put in MAPPED if name.startswith(start)), (None, None))
            if start is None or name.endswith("rotary_emb.inv_freq") or name.endswith("position_ids"):
                continue
            mapped[put + name.removeprefix(start)] = tensor.float()
    if not any(name.startswith("model.vision_tower.") for name in mapped):
        mapped |= tower_beside(checkpoint)
    return mapped


def tower_beside(checkpoint):
    folder = checkpoint.folder / "vision_tower"
    if not folder.is_dir():
        raise Refused(f"its weights lack the vision tower: put the checkpoint of {checkpoint.config.get('mm_vision_tower')} "
                      f"(config.json, *.safetensors) into {folder}")
    found = {}
    for file in Checkpoint.of(folder).weights:
        for name, tensor in load_file(file).items():
            if name.startswith("vision_model.") and not name.endswith("position_ids"):
                found["model.vision_tower." + name.removeprefix("vision_model.")] = tensor.float()
    return found


def vision(checkpoint, tensors):
    """The tower's sizes, out of its own configuration or, which config.json does not have, out of its weights."""
    beside = checkpoint.folder / "vision_tower"
    if (beside / "config.json").exists():
        return CLIPVisionConfig.from_pretrained(beside, local_files_only=True)
    tower = {name.removeprefix("model.vision_tower."): tensor for name, tensor in tensors.items()
             if name.startswith("model.vision_tower.")}
    try:
        width, _, patch, _ = tower["embeddings.patch_embedding.weight"].shape
        places = tower["embeddings.position_embedding.weight"].shape[0] - 1
        inner = tower["encoder.layers.0.mlp.fc1.weight"].shape[0]
    except KeyError as missing:
        raise Refused(f"its vision tower is no CLIP: {missing} is missing") from missing
    if width % HEAD or width > WIDEST:
        raise Refused(f"the heads of a vision tower {width} wide are not known: put its config.json into {beside}")
    layers = 1 + max(int(name.split(".")[2]) for name in tower if name.startswith("encoder.layers."))
    return CLIPVisionConfig(hidden_size=width, intermediate_size=inner, num_hidden_layers=layers, num_attention_heads=width // HEAD,
                            patch_size=patch, image_size=round(places ** 0.5) * patch)


def text(config):
    stated = {name: config[name] for name in MISTRAL if name in config}
    if "rope_theta" in config:
        stated["rope_parameters"] = {"rope_type": "default", "rope_theta": config["rope_theta"]}
    return MistralConfig(**stated)


def loaded(model, tensors, token):
    """All tensors, and one row of the embeddings more where the token of the image is behind them."""
    missing, unexpected = model.load_state_dict(tensors, strict=False)
    whole(NAME, missing, unexpected)
    table = model.get_input_embeddings()
    if token >= table.num_embeddings:
        longer = nn.Embedding(token + 1, table.embedding_dim)
        with torch.no_grad():
            longer.weight.zero_()
            longer.weight[:table.num_embeddings] = table.weight
        model.set_input_embeddings(longer)
