"""The projector (image to tokens) and the causal decoder: MiniLM's layers, made causal, with grouped queries."""
import torch
from torch import nn
from torch.nn import functional as F

from .encoder import BACKBONES, GRID
from .encoder import WIDTH as ONE_GRID
from .labels import LABELS, spoken

FEATURES = ONE_GRID * len(BACKBONES)
WIDTH, LAYERS, HEADS, KV_HEADS, HEAD, INNER = 384, 6, 12, 6, 32, 1536
IMAGE_TOKENS = GRID * GRID + len(LABELS)
CACHED = LAYERS + 1  # keys and values that are kept: every layer's and the evidence's
POSITIONS = 512
LEAD = 2  # tokens before the image: the start and the user's marker


class Projector(nn.Module):
    """One token a cell of the grid, and one a label that carries the encoder's own logit for it."""

    def __init__(self):
        super().__init__()
        self.mlp = nn.Sequential(nn.LayerNorm(FEATURES), nn.Linear(FEATURES, WIDTH), nn.GELU(), nn.Linear(WIDTH, WIDTH))
        self.label = nn.Parameter(torch.randn(len(LABELS), WIDTH) * 0.05)
        self.value = nn.Parameter(torch.randn(len(LABELS), WIDTH) * 0.05)

    def start_from_words(self, decoder, tokenizer):
        """A label's token starts as its name in the decoder's own words, so that a question that names it finds it.

        Its logit moves it along one direction for all labels, from no to yes: reading learnt on one label is reading learnt on all.
        """
        words = decoder.embed.weight
        with torch.no_grad():
            yes, no = (words[tokenizer.encode(word).ids[0]] for word in ("yes", "no"))
            for i, name in enumerate(LABELS):
                self.label[i] = words[tokenizer.encode(" " + spoken(name)).ids].mean(0)
                self.value[i] = 0.5 * F.normalize(yes - no, dim=0)

    def forward(self, grid, logits):
        """grid [B,G*G,2560], logits [B,L] to [B,G*G+L,384]"""
        x = torch.clamp(logits, -8, 8)[..., None] / 3
        return torch.cat([self.mlp(grid), self.label + x * self.value], 1)


def attend(q, k, v, mask, past_k, past_v, training):
    """Grouped-query attention: q [B,S,heads*D], k and v [B,S,kv*D], the past [B,kv,P,D]; with the keys and values to keep, but in training."""
    b, n, _ = q.shape
    q = q.view(b, n, KV_HEADS, HEADS // KV_HEADS, HEAD).permute(0, 2, 3, 1, 4)
    k, v = (t.view(b, n, KV_HEADS, HEAD).transpose(1, 2) for t in (k, v))
    if training:  # the fused kernel wants as many keys as queries
        k, v = (t.repeat_interleave(HEADS // KV_HEADS, 1) for t in (k, v))
        h = F.scaled_dot_product_attention(q.flatten(1, 2), k, v, mask[:, 0].to(q.dtype))
        return h.transpose(1, 2).reshape(b, n, HEADS * HEAD), None, None
    if past_k is not None:
        k, v = torch.cat([past_k, k], 2), torch.cat([past_v, v], 2)
    # query heads grouped by their key head, so that keys are never repeated in memory
    score = q @ k.unsqueeze(2).transpose(-1, -2) * HEAD ** -0.5 + mask
    return (score.softmax(-1) @ v.unsqueeze(2)).permute(0, 3, 1, 2, 4).reshape(b, n, HEADS * HEAD), k, v


class Layer(nn.Module):
    """BERT's layer (normalised after each sum) with fewer key and value heads than query heads."""

    def __init__(self):
        super().__init__()
        self.q, self.o = nn.Linear(WIDTH, HEADS * HEAD), nn.Linear(HEADS * HEAD, WIDTH)
        self.k, self.v = nn.Linear(WIDTH, KV_HEADS * HEAD), nn.Linear(WIDTH, KV_HEADS * HEAD)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.drop = nn.Dropout(0.15)

    def forward(self, x, mask, past_k, past_v):
        h, k, v = attend(self.q(x), self.k(x), self.v(x), mask, past_k, past_v, self.training)
        x = self.norm1(x + self.drop(self.o(h)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x))))), k, v


class Evidence(nn.Module):
    """A last look, from what the layers made of the question to the tokens as they came in: a label's logit is read off in one step, unchanged.

    Through six layers of normalised sums a small decoder learns to read the frequent labels and none of the rare ones.
    """

    def __init__(self):
        super().__init__()
        self.q, self.o = nn.Linear(WIDTH, HEADS * HEAD), nn.Linear(HEADS * HEAD, WIDTH)
        self.k, self.v = nn.Linear(WIDTH, KV_HEADS * HEAD), nn.Linear(WIDTH, KV_HEADS * HEAD)
        self.norm = nn.LayerNorm(WIDTH)
        nn.init.normal_(self.q.weight, std=0.1)  # what is looked for is told apart from the first step on
        nn.init.normal_(self.v.weight, std=0.3)  # embeddings are short

    def forward(self, h, x, mask, past_k, past_v):
        """h: the layers' output; x: the embeddings, neither normalised nor placed. Normalised they are found, as they are they are read."""
        seen, k, v = attend(self.q(h), self.k(self.norm(x)), self.v(x), mask, past_k, past_v, self.training)
        return h + self.o(seen), k, v


class Decoder(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, WIDTH)  # tied with the output
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.evidence = Evidence()
        self.head = nn.Linear(WIDTH, WIDTH)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        for module in (self.embed, self.position, self.head):
            nn.init.normal_(module.weight, std=0.02)

    def run(self, x, positions, mask, past=None):
        """mask is additive and broadcasts to [B,kv,group,S,past+S]"""
        past, present = past or [(None, None)] * CACHED, []
        h = self.norm(x + self.position(positions))
        for layer, (k, v) in zip(self.layers, past):
            h, k, v = layer(h, mask, k, v)
            present.append((k, v))
        h, k, v = self.evidence(h, x, mask, *past[LAYERS])
        return h, [*present, (k, v)]

    def logits(self, h):
        return F.gelu(self.head(h)) @ self.embed.weight.T + self.bias

    def start_from_minilm(self, tokenizer):
        """Takes the layers of all-MiniLM-L6-v2; keys and values of two heads become one by their mean (GQA, Ainslie et al. 2023).

        The vocabulary is our own: a token starts as the mean of MiniLM's word pieces for its letters. Positions count from the
        first word after the image, as MiniLM's did; those of the image start at nothing.
        """
        from transformers import AutoTokenizer, BertModel

        from .sentences import package_folder
        bert, pieces = BertModel.from_pretrained(package_folder()), AutoTokenizer.from_pretrained(package_folder())
        with torch.no_grad():
            words, places = bert.embeddings.word_embeddings.weight, bert.embeddings.position_embeddings.weight
            for i in range(tokenizer.get_vocab_size()):
                ids = pieces(tokenizer.decode([i], skip_special_tokens=False).strip(), add_special_tokens=False)["input_ids"]
                if ids and i > 5:  # the first are the markers of the template
                    self.embed.weight[i] = words[ids].mean(0)
            first = LEAD + IMAGE_TOKENS
            self.position.weight[:] = bert.embeddings.token_type_embeddings.weight[0]
            self.position.weight[first:] += places[1:1 + POSITIONS - first]
            self.norm.load_state_dict(bert.embeddings.LayerNorm.state_dict())
            for layer, theirs in zip(self.layers, bert.encoder.layer):
                attention = theirs.attention
                for own, full in ((layer.k, attention.self.key), (layer.v, attention.self.value)):
                    own.weight.copy_(full.weight.view(KV_HEADS, HEADS // KV_HEADS, HEAD, WIDTH).mean(1).reshape(-1, WIDTH))
                    own.bias.copy_(full.bias.view(KV_HEADS, HEADS // KV_HEADS, HEAD).mean(1).reshape(-1))
                for own, full in ((layer.q, attention.self.query), (layer.o, attention.output.dense), (layer.norm1, attention.output.LayerNorm),
                                  (layer.up, theirs.intermediate.dense), (layer.down, theirs.output.dense), (layer.norm2, theirs.output.LayerNorm)):
                    own.load_state_dict(full.state_dict())


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
        h, present = self.decoder.run(inputs_embeds, position_ids, mask, [(past[2 * i], past[2 * i + 1]) for i in range(CACHED)])
        return (self.decoder.logits(h), *[t for pair in present for t in pair])


class ExportedVision(nn.Module):
    """Pixels to image tokens, and the maps of the findings that can be pointed at (label numbers in mapped)."""

    def __init__(self, encoder, projector, mapped):
        super().__init__()
        self.encoder, self.projector = encoder, projector
        self.register_buffer("mapped", torch.tensor(mapped), persistent=False)

    def forward(self, pixel_values):
        grid, logits, maps = self.encoder(pixel_values)
        return self.projector(grid.flatten(2).transpose(1, 2), logits), maps[:, self.mapped]
