"""Attention written out on plain tensors, for models whose own code no exporter can follow."""

import torch


def rotate_half(x):
    half = x.shape[-1] // 2
    return torch.cat((-x[..., half:], x[..., :half]), -1)


def causal(attention_mask, length):
    """0 where a token may look, else very negative: [B, 1, S, P+S]."""
    total = attention_mask.shape[1]
    key = torch.arange(total)
    query = torch.arange(length) + (total - length)
    seen = (key[None, :] <= query[:, None])[None, None] & (attention_mask[:, None, None, :] > 0)
    return torch.where(seen, 0.0, -1e30)


def repeated(x, groups):
    """Keys or values of grouped heads, once for each query head."""
    return x if groups == 1 else x.repeat_interleave(groups, 1)


def attend_with_past(attention, h, cos, sin, mask, past):
    """Self-attention of Llama's kind with rotary positions -> output, the longer keys and values."""
    batch, length = h.shape[0], h.shape[1]
    shape = (batch, length, -1, attention.head_dim)
    q, k, v = (p(h).view(shape) for p in (attention.q_proj, attention.k_proj, attention.v_proj))
    if hasattr(attention, "q_norm"):
        q, k = attention.q_norm(q), attention.k_norm(k)
    q, k, v = q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2)
    q = q * cos + rotate_half(q) * sin
    k = k * cos + rotate_half(k) * sin
    k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
    groups = attention.num_key_value_groups
    scores = q @ repeated(k, groups).transpose(2, 3) * attention.scaling + mask
    mixed = torch.softmax(scores, -1) @ repeated(v, groups)
    return attention.o_proj(mixed.transpose(1, 2).reshape(batch, length, -1)), k, v
