"""Llama 3.2 Vision: a tiny random checkpoint and its graphs.

Split as OpenVINO's exporters split this family: the vision graph ends in the keys and values of the
decoder's cross-attention layers (`cross_attn_key_values.N.key|value`), which never change while an
answer is written. The decoder takes them, `cross_attention_mask` (added to the scores) and
`full_text_row_masked_out_mask` (0 for text in front of the first image).
"""

import torch
from tokenizers import AddedToken
from torch import nn
from transformers import MllamaConfig, MllamaForConditionalGeneration, MllamaImageProcessorPil, MllamaProcessor

from .. import export
from ..layers import attend_with_past, causal, repeated
from ..tiny import Tiny
from ..tokens import byte_level


class Vision(nn.Module):
    """pixel_values [1, n, tiles, 3, h, w], aspect_ratio_ids [1, n], aspect_ratio_mask [1, n, tiles]."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values, aspect_ratio_ids, aspect_ratio_mask):
        model = self.model
        seen = model.vision_model(pixel_values, aspect_ratio_ids, aspect_ratio_mask).last_hidden_state
        states = model.multi_modal_projector(seen).flatten(1, 3)
        made = []
        for i in model.language_model.cross_attention_layers:
            attention = model.language_model.layers[i].cross_attn
            shape = (states.shape[0], states.shape[1], attention.num_key_value_heads, attention.head_dim)
            key = attention.k_norm(attention.k_proj(states).view(shape).transpose(1, 2))
            value = attention.v_proj(states).view(shape).transpose(1, 2)
            groups = attention.num_key_value_groups
            made += [repeated(key, groups), repeated(value, groups)]
        return (states, *made)


class Decoder(nn.Module):
    """..., cross_attention_mask [B, 1, S, n], full_text_row_masked_out_mask [B, 1, S, 1], past..., cross..."""

    def __init__(self, model):
        super().__init__()
        self.text, self.head = model.model.language_model, model.lm_head

    def forward(self, inputs_embeds, attention_mask, position_ids, cross_mask, seeing, *rest):
        text = self.text
        own = 2 * (len(text.layers) - len(text.cross_attention_layers))
        past, cross = rest[:own], rest[own:]
        x = inputs_embeds
        cos, sin = text.rotary_emb(x, position_ids)
        cos, sin = cos[:, None], sin[:, None]
        mask = causal(attention_mask, x.shape[1])
        present, crossed = [], 0
        for i, layer in enumerate(text.layers):
            h = layer.input_layernorm(x)
            if i in text.cross_attention_layers:
                x = x + layer.cross_attn_attn_gate.tanh() * self.across(
                    layer.cross_attn, h, cross[2 * crossed], cross[2 * crossed + 1], cross_mask)
                h = seeing[:, 0] * layer.mlp(layer.post_attention_layernorm(x))
                x = x + layer.cross_attn_mlp_gate.tanh() * h
                crossed += 1
                continue
            at = len(present)
            h, k, v = attend_with_past(layer.self_attn, h, cos, sin, mask, past[at:at + 2])
            present += [k, v]
            x = x + h
            x = x + layer.mlp(layer.post_attention_layernorm(x))
        return (self.head(text.norm(x)), *present)

    @staticmethod
    def across(attention, h, key, value, mask):
        batch, length = h.shape[0], h.shape[1]
        q = attention.q_norm(attention.q_proj(h).view(batch, length, -1, attention.head_dim).transpose(1, 2))
        mixed = torch.softmax(q @ key.transpose(2, 3) * attention.scaling + mask, -1) @ value
        return attention.o_proj(mixed.transpose(1, 2).reshape(batch, length, -1))


SPECIAL = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|finetune_right_pad_id|>",
           "<|python_tag|>"]
PICTURE = "<|image|>"
TILE, PATCH, CROSS = 24, 8, [1]


class Llama32Vision(Tiny):
    name = "llama-3.2-vision"
    source = "meta-llama/Llama-3.2-11B-Vision-Instruct, chat_template.json, without its lines for tools"
    stop = [1, 4]
    template = (
        "{{- bos_token }}{% for message in messages %}{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' }}"
        "{% if message['content'] is string %}{{- message['content'] }}{% else %}{% for content in message['content'] %}"
        "{% if content['type'] == 'image' %}{{- '<|image|>' }}{% elif content['type'] == 'text' %}{{- content['text'] }}"
        "{% endif %}{% endfor %}{% endif %}{{- '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %}"
        "{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}")

    def make_tokenizer(self):
        tokenizer = byte_level(SPECIAL, bos="<|begin_of_text|>", size=320, eos_token="<|eot_id|>",
                               pad_token="<|finetune_right_pad_id|>")
        tokenizer.add_tokens([AddedToken(PICTURE, special=True, normalized=False)], special_tokens=True)  # behind the words
        return tokenizer

    def make_processor(self):
        images = MllamaImageProcessorPil(size={"height": TILE, "width": TILE}, max_image_tiles=4)
        return MllamaProcessor(images, self.tokenizer, chat_template=self.template)

    def make_model(self):
        words = len(self.tokenizer) - 1  # the image's token has an embedding, and no score
        vision = {"hidden_size": 16, "num_hidden_layers": 2, "num_global_layers": 1, "attention_heads": 2,
                  "intermediate_size": 24, "vision_output_dim": 32, "image_size": TILE, "patch_size": PATCH,
                  "intermediate_layers_indices": [0]}
        text = {"vocab_size": words, "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 3,
                "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 2048,
                "cross_attention_layers": CROSS, "pad_token_id": 5, "bos_token_id": 0, "eos_token_id": [1, 4],
                "rope_parameters": {"rope_type": "default", "rope_theta": 10000.0}}
        return MllamaForConditionalGeneration._from_config(
            MllamaConfig(vision_config=vision, text_config=text, image_token_index=words), attn_implementation="eager")

    def quieten(self):
        with torch.no_grad():
            for token in range(len(SPECIAL)):
                if token != self.tokenizer.eos_token_id:
                    self.model.lm_head.weight[token] *= 0.05
            for name, gate in self.model.named_parameters():
                if "gate" in name and gate.numel() == 1:
                    gate.fill_(0.8)  # else hardly anything of the picture would come through

    def extended(self, batch, token):
        mask = batch["cross_attention_mask"]
        return super().extended(batch, token) | {"cross_attention_mask": torch.cat([mask, mask[:, -1:]], 1)}

    def pixels(self, batch):
        """Every tile; one that is empty, zeros after normalising, as the nearest levels."""
        tiles = super().pixels(batch).clone()
        images = self.processor.image_processor
        mean, std = (torch.tensor(v).view(3, 1, 1) for v in (images.image_mean, images.image_std))
        empty = batch["aspect_ratio_mask"].flatten() == 0
        tiles[empty] = ((mean * 255).round() / 255 - mean) / std
        return tiles

    def vision_graph(self, path, batch):
        inputs = ["pixel_values", "aspect_ratio_ids", "aspect_ratio_mask"]
        outputs = ["cross_attention_states"] + self.crossed()
        axes = {name: {1: "images"} for name in inputs} | {"cross_attention_states": {1: "states"}}
        export.graph(Vision(self.model.model), tuple(batch[name] for name in inputs), path, inputs, outputs,
                     axes | {name: {2: "states"} for name in self.crossed()})

    def crossed(self):
        crossing = self.model.config.text_config.cross_attention_layers
        return [f"cross_attn_key_values.{i}.{kind}" for i in crossing for kind in ("key", "value")]

    def decoder_graph(self, path):
        text = self.model.config.text_config
        heads, hidden = text.num_attention_heads, text.hidden_size
        layers = [i for i in range(text.num_hidden_layers) if i not in text.cross_attention_layers]
        names = [f"{i}.{kind}" for i in layers for kind in ("key", "value")]
        past = [torch.randn(1, text.num_key_value_heads, 3, hidden // heads) for _ in names]
        crossed = [torch.randn(1, heads, 40, hidden // heads) for _ in self.crossed()]
        args = (torch.randn(1, 5, hidden), torch.ones(1, 8, dtype=torch.long), torch.arange(3, 8)[None], torch.zeros(1, 1, 5, 40),
                torch.ones(1, 1, 5, 1), *past, *crossed)
        inputs = ["inputs_embeds", "attention_mask", "position_ids", "cross_attention_mask", "full_text_row_masked_out_mask"]
        axes = {name: {0: "batch", 1: "length"} for name in ("inputs_embeds", "position_ids", "logits")}
        axes |= {"attention_mask": {0: "batch", 1: "total"}, "cross_attention_mask": {0: "batch", 2: "length", 3: "states"},
                 "full_text_row_masked_out_mask": {0: "batch", 2: "length"}}
        axes |= {f"past_key_values.{n}": {0: "batch", 2: "past"} for n in names}
        axes |= {f"present.{n}": {0: "batch", 2: "total"} for n in names}
        axes |= {name: {0: "batch", 2: "states"} for name in self.crossed()}
        export.graph(Decoder(self.model), args, path, inputs + [f"past_key_values.{n}" for n in names] + self.crossed(),
                     ["logits"] + [f"present.{n}" for n in names], axes)
