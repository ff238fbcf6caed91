"""Qwen2-VL, Qwen2.5-VL and Qwen3-VL: tiny random checkpoints and their graphs in the hub layout.

The vision towers of `transformers` loop over images and windows in Python, which no exporter can
follow. The modules here run the real layers, but say with a mask of attention what belongs to one
image (and, in Qwen2.5-VL's windowed blocks, to one window), and compute every index from
`image_grid_thw` by arithmetic on tensors.
"""

import json

import torch
from torch import nn
from transformers import (Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration, Qwen2VLConfig, Qwen2VLForConditionalGeneration,
                          Qwen2VLImageProcessorPil, Qwen2VLProcessor, Qwen3VLConfig, Qwen3VLForConditionalGeneration,
                          Qwen3VLProcessor)

from .. import export
from ..layers import attend_with_past, causal, rotate_half
from ..tiny import Tiny, write
from ..tokens import byte_level


def patch_places(count, grid, merge):
    """For each patch its image, row and column; patches lie in blocks of merge x merge."""
    sizes = grid[:, 1] * grid[:, 2]
    ends = torch.cumsum(sizes, 0)
    index = torch.arange(count)
    image = (index[:, None] >= ends[None, :]).sum(1)
    local = index - (ends - sizes)[image]
    width = grid[image, 2]
    block, inside = local // (merge * merge), local % (merge * merge)
    across = width // merge
    row = block // across * merge + inside // merge
    column = block % across * merge + inside % merge
    return image, row, column


def attend_vision(attention, x, cos, sin, mask):
    length, heads = x.shape[0], attention.num_heads
    q, k, v = attention.qkv(x).reshape(length, 3, heads, -1).permute(1, 2, 0, 3).unbind(0)
    q = q * cos + rotate_half(q) * sin
    k = k * cos + rotate_half(k) * sin
    scores = q @ k.transpose(1, 2) * attention.scaling + mask
    mixed = torch.softmax(scores, -1) @ v
    return attention.proj(mixed.transpose(0, 1).reshape(length, -1))


class Vision(nn.Module):
    """pixel_values [patches, C*T*p*p], image_grid_thw [n, 3] -> image_features (and deepstack)."""

    def __init__(self, tower):
        super().__init__()
        self.tower = tower
        self.merge = tower.spatial_merge_size
        self.windowed = hasattr(tower, "fullatt_block_indexes")
        self.deep = list(getattr(tower, "deepstack_visual_indexes", []))

    def forward(self, pixel_values, image_grid_thw):
        tower = self.tower
        image, row, column = patch_places(pixel_values.shape[0], image_grid_thw, self.merge)
        x = tower.patch_embed(pixel_values)
        if hasattr(tower, "pos_embed"):
            x = x + self.placed(image_grid_thw, image, row, column)
        cos, sin = tower.rotary_pos_emb(x, torch.stack((row, column), -1))
        same = image[:, None] == image[None, :]
        whole = torch.where(same, 0.0, -1e30)
        mask = whole
        if self.windowed:
            edge = tower.window_size // tower.patch_size
            window = torch.stack((image, row // edge, column // edge), -1)
            mask = torch.where((window[:, None] == window[None, :]).all(-1), 0.0, -1e30)
        deep = []
        for i, block in enumerate(tower.blocks):
            own = whole if not self.windowed or i in tower.fullatt_block_indexes else mask
            x = x + attend_vision(block.attn, block.norm1(x), cos, sin, own)
            x = x + block.mlp(block.norm2(x))
            if i in self.deep:
                deep.append(tower.deepstack_merger_list[self.deep.index(i)](x))
        return (tower.merger(x), *deep)

    def placed(self, grid, image, row, column):
        """The learned square grid of positions, laid over each image (corners on corners)."""
        side = self.tower.num_grid_per_side

        def axis(at, size):
            place = at * (side - 1.0) / torch.clamp(size - 1, min=1)
            low = place.floor().clamp(0, side - 1).long()
            return low, torch.clamp(low + 1, max=side - 1), place - low

        top, bottom, down = axis(row, grid[image, 1])
        left, right, across = axis(column, grid[image, 2])
        table = self.tower.pos_embed.weight
        down, across = down[:, None], across[:, None]
        return (
            table[top * side + left] * (1 - down) * (1 - across)
            + table[top * side + right] * (1 - down) * across
            + table[bottom * side + left] * down * (1 - across)
            + table[bottom * side + right] * down * across
        )


class Decoder(nn.Module):
    """The text model with its cache as plain tensors; position_ids [3, B, S]; then deepstack, then the past."""

    def __init__(self, model, deep):
        super().__init__()
        self.text, self.head, self.deep = model.model.language_model, model.lm_head, deep

    def forward(self, inputs_embeds, attention_mask, position_ids, *rest):
        deep, past = rest[:self.deep], rest[self.deep:]
        x = inputs_embeds
        cos, sin = self.text.rotary_emb(x, position_ids)
        cos, sin = cos[:, None], sin[:, None]
        mask = causal(attention_mask, x.shape[1])
        present = []
        for i, layer in enumerate(self.text.layers):
            h, k, v = attend_with_past(layer.self_attn, layer.input_layernorm(x), cos, sin, mask, past[2 * i:2 * i + 2])
            present += [k, v]
            x = x + h
            x = x + layer.mlp(layer.post_attention_layernorm(x))
            if i < self.deep:
                x = x + deep[i]
        return (self.head(self.text.norm(x)), *present)


SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]
END, IMAGE, VIDEO, START, STOP = 2, 5, 6, 3, 4
PATCH = 8

QWEN2 = (
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}<|im_start|>system\n"
    "You are a helpful assistant.<|im_end|>\n{% endif %}<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}<|im_end|>\n{% else %}"
    "{% for content in message['content'] %}"
    "{% if content['type'] == 'image' or 'image' in content or 'image_url' in content %}"
    "<|vision_start|><|image_pad|><|vision_end|>{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}"
    "<|im_end|>\n{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")


def without_films(processor):
    """transformers' processor where there is no torchvision, which its part for videos needs."""
    checked = processor.check_argument_for_proper_class

    def check(self, name, argument):
        return None if argument is None else checked(self, name, argument)

    return type(processor.__name__, (processor,), {"check_argument_for_proper_class": check})


class Qwen2Vl(Tiny):
    name = "qwen2-vl"
    source = "Qwen/Qwen2-VL-2B-Instruct, chat_template.json, without its lines for videos and numbered pictures"
    template = QWEN2
    deep = 0
    stop = [END, 0]
    config, whole, joined = Qwen2VLConfig, Qwen2VLForConditionalGeneration, Qwen2VLProcessor
    fewest, most = 2 * (2 * PATCH) ** 2, 24 * (2 * PATCH) ** 2
    vision_settings = {"depth": 2, "embed_dim": 16, "hidden_size": 32, "num_heads": 2, "mlp_ratio": 2}
    text_settings = {}
    image_settings = {}

    def make_tokenizer(self):
        return byte_level(SPECIAL, size=320, eos_token="<|im_end|>", pad_token="<|endoftext|>")

    def make_processor(self):
        images = Qwen2VLImageProcessorPil(patch_size=PATCH, size={"shortest_edge": self.fewest, "longest_edge": self.most},
                                          **self.image_settings)
        return self.together(images, self.tokenizer, {}, self.template)

    @classmethod
    def of(cls, model, processor, template, stop):
        tiny = super().of(model, processor, template, stop)
        tiny.deep = len(getattr(model.config.vision_config, "deepstack_visual_indexes", None) or [])
        return tiny

    @classmethod
    def together(cls, images, tokenizer, settings, template):
        return without_films(cls.joined)(images, tokenizer, chat_template=template)

    def make_model(self):
        text = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
                "num_key_value_heads": 2, "vocab_size": len(self.tokenizer), "max_position_embeddings": 2048,
                "bos_token_id": 0, "eos_token_id": END, "tie_word_embeddings": True,
                "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [2, 1, 1]}}
        vision = {"patch_size": PATCH, "spatial_merge_size": 2, "temporal_patch_size": 2}
        return self.whole._from_config(self.config(
            text_config=text | self.text_settings, vision_config=vision | self.vision_settings, image_token_id=IMAGE,
            video_token_id=VIDEO, vision_start_token_id=START, vision_end_token_id=STOP, tie_word_embeddings=True),
            attn_implementation="eager")

    def write(self, folder, batch):
        super().write(folder, batch)
        self.as_published(folder / "config.json", folder / "preprocessor_config.json")

    def as_published(self, config, images):
        """This family's files are older: the text's settings lie bare, and the bounds beside the patches."""
        settings = json.loads(config.read_text())
        write(config, settings.pop("text_config") | settings)
        settings = json.loads(images.read_text())
        size = settings.pop("size")
        write(images, settings | {"min_pixels": size["shortest_edge"], "max_pixels": size["longest_edge"]})

    def extended(self, batch, token):
        kinds = torch.cat([batch["mm_token_type_ids"], torch.zeros(1, 1, dtype=torch.int)], 1)
        return super().extended(batch, token) | {"mm_token_type_ids": kinds}

    def pixels(self, batch):
        """Each patch as a picture, its two moments below one another: [patches, 3, 2 * patch, patch]."""
        return batch["pixel_values"].reshape(-1, 3, 2 * PATCH, PATCH)

    def vision_graph(self, path, batch):
        outputs = ["image_features"] + [f"deepstack_features.{i}" for i in range(self.deep)]
        export.graph(Vision(self.model.model.visual), (batch["pixel_values"], batch["image_grid_thw"]), path,
                     ["pixel_values", "image_grid_thw"], outputs,
                     {"pixel_values": {0: "patches"}, "image_grid_thw": {0: "images"}} | {n: {0: "rows"} for n in outputs})

    def decoder_graph(self, path):
        config = self.model.config.text_config
        names = [f"{i}.{kind}" for i in range(config.num_hidden_layers) for kind in ("key", "value")]
        deep = [f"deepstack_features.{i}" for i in range(self.deep)]
        width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        past = [torch.randn(1, config.num_key_value_heads, 3, width) for _ in names]
        embeds = torch.randn(1, 5, config.hidden_size)
        args = (embeds, torch.ones(1, 8, dtype=torch.long), torch.arange(3, 8)[None, None].repeat(3, 1, 1),
                *[torch.randn_like(embeds) for _ in deep], *past)
        axes = {name: {0: "batch", 1: "length"} for name in ["inputs_embeds", "logits"] + deep}
        axes |= {"attention_mask": {0: "batch", 1: "total"}, "position_ids": {1: "batch", 2: "length"}}
        axes |= {f"past_key_values.{n}": {0: "batch", 2: "past"} for n in names}
        axes |= {f"present.{n}": {0: "batch", 2: "total"} for n in names}
        export.graph(Decoder(self.model, self.deep), args, path, ["inputs_embeds", "attention_mask", "position_ids"] + deep
                     + [f"past_key_values.{n}" for n in names], ["logits"] + [f"present.{n}" for n in names], axes)


class Qwen25Vl(Qwen2Vl):
    name = "qwen2.5-vl"
    source = "Qwen/Qwen2.5-VL-3B-Instruct, chat_template.json, without its lines for videos and numbered pictures"
    config, whole = Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
    vision_settings = {"depth": 2, "hidden_size": 16, "out_hidden_size": 32, "intermediate_size": 32, "num_heads": 2,
                       "window_size": 4 * PATCH, "fullatt_block_indexes": [1]}

    def as_published(self, config, images):
        settings = json.loads(images.read_text())
        size = settings.pop("size")
        write(images, settings | {"min_pixels": size["shortest_edge"], "max_pixels": size["longest_edge"]})


class Qwen3Vl(Qwen2Vl):
    name = "qwen3-vl"
    source = "Qwen/Qwen3-VL-2B-Instruct, chat_template.json, without its lines for tools, videos and numbered pictures"
    template = QWEN2.replace("{% if loop.first and message['role'] != 'system' %}<|im_start|>system\n"
                             "You are a helpful assistant.<|im_end|>\n{% endif %}", "")
    config, whole, joined = Qwen3VLConfig, Qwen3VLForConditionalGeneration, Qwen3VLProcessor
    deep = 2
    vision_settings = {"depth": 3, "hidden_size": 16, "out_hidden_size": 32, "intermediate_size": 32, "num_heads": 2,
                       "num_position_embeddings": 36, "deepstack_visual_indexes": [0, 1]}
    text_settings = {"head_dim": 8, "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0,
                                                        "mrope_section": [2, 1, 1], "mrope_interleaved": True}}
    image_settings = {"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}

    def as_published(self, config, images):
        """Nothing is older here."""
