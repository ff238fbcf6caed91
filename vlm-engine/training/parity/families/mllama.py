"""Llama 3.2 Vision: a tiny random checkpoint and its graphs.

Split as OpenVINO's exporters split this family: the vision graph ends in the keys and values of the
decoder's cross-attention layers (`cross_attn_key_values.N.key|value`), which never change while an
answer is written. The decoder takes them, `cross_attention_mask` (added to the scores) and
`full_text_row_masked_out_mask` (0 for text in front of the first image).
"""

import torch
from torch import nn

from qwen_vl import causal, repeated, rotate_half


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
    def __init__(self, model):
        super().__init__()
        self.text = model.model.language_model
        self.head = model.lm_head

    def forward(
        self,
        inputs_embeds,
        attention_mask,
        position_ids,
        cross_attention_mask,
        full_text_row_masked_out_mask,
        past,
        cross,
    ):
        x = inputs_embeds
        batch, length = x.shape[0], x.shape[1]
        cos, sin = self.text.rotary_emb(x, position_ids)
        cos, sin = cos[:, None], sin[:, None]
        mask = causal(attention_mask, length)
        row = full_text_row_masked_out_mask[:, 0]
        present, own, shared = [], 0, 0
        for i, layer in enumerate(self.text.layers):
            h = layer.input_layernorm(x)
            if i in self.text.cross_attention_layers:
                attention = layer.cross_attn
                q = attention.q_proj(h).view(batch, length, -1, attention.head_dim).transpose(1, 2)
                q = attention.q_norm(q)
                scores = q @ cross[2 * shared].transpose(2, 3) * attention.scaling + cross_attention_mask
                mixed = torch.softmax(scores, -1) @ cross[2 * shared + 1]
                mixed = attention.o_proj(mixed.transpose(1, 2).reshape(batch, length, -1))
                x = x + layer.cross_attn_attn_gate.tanh() * mixed
                h = row * layer.mlp(layer.post_attention_layernorm(x))
                x = x + layer.cross_attn_mlp_gate.tanh() * h
                shared += 1
                continue
            attention = layer.self_attn
            shape = (batch, length, -1, attention.head_dim)
            q, k, v = (
                p(h).view(shape).transpose(1, 2)
                for p in (attention.q_proj, attention.k_proj, attention.v_proj)
            )
            q = q * cos + rotate_half(q) * sin
            k = k * cos + rotate_half(k) * sin
            k = torch.cat((past[2 * own], k), 2)
            v = torch.cat((past[2 * own + 1], v), 2)
            own += 1
            present += [k, v]
            groups = attention.num_key_value_groups
            scores = q @ repeated(k, groups).transpose(2, 3) * attention.scaling + mask
            mixed = torch.softmax(scores, -1) @ repeated(v, groups)
            x = x + attention.o_proj(mixed.transpose(1, 2).reshape(batch, length, -1))
            x = x + layer.mlp(layer.post_attention_layernorm(x))
        return (self.head(self.text.norm(x)), *present)
