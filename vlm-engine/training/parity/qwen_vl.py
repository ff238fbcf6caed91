"""Qwen2-VL, Qwen2.5-VL and Qwen3-VL: tiny random checkpoints and their graphs in the hub layout.

The vision towers of `transformers` loop over images and windows in Python, which no exporter can
follow. The modules here run the real layers, but say with a mask of attention what belongs to one
image (and, in Qwen2.5-VL's windowed blocks, to one window), and compute every index from
`image_grid_thw` by arithmetic on tensors.
"""

import torch
from torch import nn


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


def rotate_half(x):
    half = x.shape[-1] // 2
    return torch.cat((-x[..., half:], x[..., :half]), -1)


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
    """The text model with its cache as plain tensors; position_ids [3, B, S]."""

    def __init__(self, model, deep=0):
        super().__init__()
        self.text = model.model.language_model
        self.head = model.lm_head
        self.deep = deep

    def forward(self, inputs_embeds, attention_mask, position_ids, deep, past):
        x = inputs_embeds
        batch, length = x.shape[0], x.shape[1]
        cos, sin = self.text.rotary_emb(x, position_ids)
        cos, sin = cos[:, None], sin[:, None]
        mask = causal(attention_mask, length)
        present = []
        for i, layer in enumerate(self.text.layers):
            attention = layer.self_attn
            h = layer.input_layernorm(x)
            shape = (batch, length, -1, attention.head_dim)
            q, k, v = (p(h).view(shape) for p in (attention.q_proj, attention.k_proj, attention.v_proj))
            if hasattr(attention, "q_norm"):
                q, k = attention.q_norm(q), attention.k_norm(k)
            q, k, v = q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2)
            q = q * cos + rotate_half(q) * sin
            k = k * cos + rotate_half(k) * sin
            k = torch.cat((past[2 * i], k), 2)
            v = torch.cat((past[2 * i + 1], v), 2)
            present += [k, v]
            groups = attention.num_key_value_groups
            scores = q @ repeated(k, groups).transpose(2, 3) * attention.scaling + mask
            mixed = torch.softmax(scores, -1) @ repeated(v, groups)
            x = x + attention.o_proj(mixed.transpose(1, 2).reshape(batch, length, -1))
            x = x + layer.mlp(layer.post_attention_layernorm(x))
            if i < self.deep:
                x = x + deep[i]
        return (self.head(self.text.norm(x)), *present)


def causal(attention_mask, length):
    """0 where a token may look, else very negative: [B, 1, S, P+S]."""
    total = attention_mask.shape[1]
    at = torch.arange(total)
    own = at[total - length :]
    seen = (at[None, :] <= own[:, None])[None, None] & (attention_mask[:, None, None, :] > 0)
    return torch.where(seen, 0.0, -1e30)


def repeated(x, groups):
    return x if groups == 1 else x.repeat_interleave(groups, 1)
