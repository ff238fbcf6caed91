"""The projector (image to tokens) and the small causal decoder (RoPE, grouped queries, RMS norm, SwiGLU)."""
import torch
from torch import nn
from torch.nn import functional as F

from .labels import LABELS

WIDTH, LAYERS, HEADS, KV_HEADS, HEAD, INNER = 192, 3, 6, 2, 32, 512
GRID = 5  # the encoder's 9 x 9 grid, pooled once for the cache
REGIONS = 4  # and once more, to four overlapping quarters
IMAGE_TOKENS = REGIONS + len(LABELS)


class Projector(nn.Module):
    """Four tokens of the grid, and one token a label that carries the encoder's own logit for it."""

    def __init__(self):
        super().__init__()
        self.pool = nn.AvgPool2d(3, 2, 1, count_include_pad=False)
        self.quarter = nn.AvgPool2d(3, 2)
        self.mlp = nn.Sequential(nn.LayerNorm(1280), nn.Linear(1280, WIDTH), nn.GELU(), nn.Linear(WIDTH, WIDTH))
        self.place = nn.Parameter(torch.randn(REGIONS, WIDTH) * 0.02)
        self.label = nn.Parameter(torch.randn(len(LABELS), WIDTH) * 0.5)
        self.value = nn.Parameter(torch.randn(len(LABELS), WIDTH) * 0.5)

    def forward(self, pooled, logits):
        """pooled [B,25,1280], logits [B,L]"""
        quarters = self.quarter(pooled.transpose(1, 2).unflatten(2, (GRID, GRID))).flatten(2).transpose(1, 2)
        grid = self.mlp(quarters) + self.place
        x = torch.clamp(logits, -8, 8)[..., None] / 3
        return torch.cat([grid, self.label + x * self.value], 1)

    def pooled(self, grid):
        return self.pool(grid).flatten(2).transpose(1, 2)


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-6) * self.weight


def rotate(x, cos, sin):
    a, b = x[..., :HEAD // 2], x[..., HEAD // 2:]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = Norm(), Norm()
        self.q = nn.Linear(WIDTH, HEADS * HEAD, bias=False)
        self.k = nn.Linear(WIDTH, KV_HEADS * HEAD, bias=False)
        self.v = nn.Linear(WIDTH, KV_HEADS * HEAD, bias=False)
        self.o = nn.Linear(HEADS * HEAD, WIDTH, bias=False)
        self.gate = nn.Linear(WIDTH, INNER, bias=False)
        self.up = nn.Linear(WIDTH, INNER, bias=False)
        self.down = nn.Linear(INNER, WIDTH, bias=False)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, cos, sin, mask, past_k, past_v):
        b, n, _ = x.shape
        h = self.norm1(x)
        q = rotate(self.q(h).view(b, n, HEADS, HEAD).transpose(1, 2), cos, sin)
        k = rotate(self.k(h).view(b, n, KV_HEADS, HEAD).transpose(1, 2), cos, sin)
        v = self.v(h).view(b, n, KV_HEADS, HEAD).transpose(1, 2)
        if past_k is not None:
            k, v = torch.cat([past_k, k], 2), torch.cat([past_v, v], 2)
        # group the query heads of one key head, so that keys are never repeated in memory
        q = q.reshape(b, KV_HEADS, HEADS // KV_HEADS, n, HEAD)
        score = q @ k.unsqueeze(2).transpose(-1, -2) * HEAD ** -0.5 + mask
        h = (score.softmax(-1) @ v.unsqueeze(2)).reshape(b, HEADS, n, HEAD).transpose(1, 2).reshape(b, n, HEADS * HEAD)
        x = x + self.drop(self.o(h))
        h = self.norm2(x)
        return x + self.drop(self.down(F.silu(self.gate(h)) * self.up(h))), k, v


class Decoder(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, WIDTH)  # tied with the output
        nn.init.normal_(self.embed.weight, std=0.06)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = Norm()
        self.register_buffer("frequency", 10000.0 ** (-torch.arange(0, HEAD, 2).float() / HEAD), persistent=False)
        for layer in self.layers:
            for part in (layer.o, layer.down):
                nn.init.normal_(part.weight, std=0.02 / (2 * LAYERS) ** 0.5 * 2)

    def run(self, x, positions, mask, past=None):
        """mask is additive and broadcasts to [B,kv,group,S,past+S]"""
        angle = positions[:, None, :, None].float() * self.frequency
        cos, sin = angle.cos(), angle.sin()
        present = []
        for i, layer in enumerate(self.layers):
            k, v = past[i] if past is not None else (None, None)
            x, k, v = layer(x, cos, sin, mask, k, v)
            present.append((k, v))
        return self.norm(x), present

    def logits(self, h):
        return h @ self.embed.weight.T


class ExportedDecoder(nn.Module):
    """The hub layout's signature: embeddings, mask, positions and cache in; logits and cache out."""

    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, inputs_embeds, attention_mask, position_ids, *past):
        n, total = inputs_embeds.shape[1], attention_mask.shape[1]
        rows = torch.arange(n, device=inputs_embeds.device)[:, None] + (total - n)
        columns = torch.arange(total, device=inputs_embeds.device)[None, :]
        seen = (columns <= rows)[None] & (attention_mask[:, None, :] > 0)
        mask = torch.where(seen, 0.0, -1e9)[:, None, None]
        h, present = self.decoder.run(inputs_embeds, position_ids, mask, [(past[2 * i], past[2 * i + 1]) for i in range(LAYERS)])
        return (self.decoder.logits(h), *[t for pair in present for t in pair])


class ExportedVision(nn.Module):
    def __init__(self, encoder, projector):
        super().__init__()
        self.encoder, self.projector = encoder, projector

    def forward(self, pixel_values):
        grid, logits = self.encoder(pixel_values)
        return self.projector(self.projector.pooled(grid), logits)
