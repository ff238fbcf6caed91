"""From transformers' modules to the three graphs of the hub layout.

What an exporter does to a model is done here too, and nothing more: attention is written out (masks are built
inside the graph from `attention_mask`), keys and values come in and go out, one pair a layer.
"""
import contextlib
import io
import warnings

import onnx
import torch
from torch import nn
from transformers import DynamicCache

LOWEST = torch.finfo(torch.float32).min
LARGEST_FILE = 1 << 30  # bytes; protobuf ends at 2 GiB


class Decoder(nn.Module):
    """`inputs_embeds, attention_mask, position_ids, [token_type_ids], past...` -> `logits, present...`.

    blocks: None for a causal graph, as most published ones are; "image" where the tokens of type 1 that follow one
    another see one another (Gemma 3); "prefix" where those of type 0 do (PaliGemma).
    """

    def __init__(self, text, head, blocks=None, softcap=None):
        super().__init__()
        self.text, self.head, self.blocks, self.softcap = text, head, blocks, softcap
        self.window = getattr(text.config, "sliding_window", None) if "sliding_attention" in (
            getattr(text.config, "layer_types", None) or []) else None

    def groups(self, token_type_ids, total):
        if self.blocks == "prefix":
            own = torch.where(token_type_ids == 0, 0, -1)
        else:
            image = token_type_ids == 1
            before = nn.functional.pad(image.long(), (1, 0))[:, :-1] == 1
            own = torch.where(image, (image & ~before).long().cumsum(1) - 1, -1)
        past = torch.full((1, 1), -1, dtype=torch.long).expand(own.shape[0], total).clone()[:, own.shape[1]:]
        return own, torch.cat([past, own], 1)

    def forward(self, inputs_embeds, attention_mask, position_ids, *rest):
        types, past = (rest[0], rest[1:]) if self.blocks else (None, rest)
        n, total = inputs_embeds.shape[1], attention_mask.shape[1]
        query = torch.arange(n)[:, None] + (total - n)
        key = torch.arange(total)[None]
        seen = (key <= query)[None]
        if types is not None:
            own, every = self.groups(types, total)
            seen = seen | ((own[:, :, None] == every[:, None]) & (own[:, :, None] >= 0))
        present = attention_mask[:, None] > 0
        mask = torch.where(seen & present, 0.0, LOWEST)[:, None]
        if self.window:
            near = (key > query - self.window)[None]
            mask = {"full_attention": mask,
                    "sliding_attention": torch.where(seen & present & near, 0.0, LOWEST)[:, None]}
        cache = DynamicCache(list(zip(past[::2], past[1::2])))
        hidden = self.text(inputs_embeds=inputs_embeds, attention_mask=mask, position_ids=position_ids,
                           past_key_values=cache, use_cache=True).last_hidden_state
        logits = self.head(hidden)
        if self.softcap:
            logits = torch.tanh(logits / self.softcap) * self.softcap
        return logits, *[t for layer in cache.layers for t in (layer.keys, layer.values)]


def decoder(module, path):
    config = module.text.config
    heads, width = config.num_key_value_heads, getattr(config, "head_dim", None) or (
        config.hidden_size // config.num_attention_heads)
    names = [f"{i}.{kind}" for i in range(config.num_hidden_layers) for kind in ("key", "value")]
    past = [torch.randn(1, heads, 3, width) for _ in names]
    extra = ["token_type_ids"] if module.blocks else []
    args = (torch.randn(1, 5, config.hidden_size), torch.ones(1, 8, dtype=torch.long), torch.arange(3, 8)[None],
            *[torch.zeros(1, 5, dtype=torch.long) for _ in extra], *past)
    inputs = ["inputs_embeds", "attention_mask", "position_ids"] + extra + [f"past_key_values.{n}" for n in names]
    outputs = ["logits"] + [f"present.{n}" for n in names]
    axes = {name: {0: "batch", 1: "length"} for name in inputs[:3] + extra + ["logits"]}
    axes["attention_mask"] = {0: "batch", 1: "total"}
    axes |= {f"past_key_values.{n}": {0: "batch", 2: "past"} for n in names}
    axes |= {f"present.{n}": {0: "batch", 2: "total"} for n in names}
    graph(module, args, path, inputs, outputs, axes)


def embedding(module, path):
    graph(module, (torch.zeros(1, 4, dtype=torch.long),), path, ["input_ids"], ["inputs_embeds"],
          {"input_ids": {0: "batch", 1: "length"}, "inputs_embeds": {0: "batch", 1: "length"}})


def graph(module, args, path, inputs, outputs, axes):
    module.eval()
    with torch.no_grad(), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        torch.onnx.export(module, args, str(path), input_names=inputs, output_names=outputs, dynamic_axes=axes,
                          opset_version=18, dynamo=False)
    model = onnx.load(str(path))
    shorten(model.graph, set(inputs) | set(outputs))
    for part in path.parent.iterdir():  # the exporter's own, where it is large: one file a tensor
        if part.suffix not in (".onnx", ".onnx_data"):
            part.unlink()
    save(model, path)


def save(model, path):
    """One file, or the weights beside it where they are too large for protobuf."""
    if sum(len(tensor.raw_data) for tensor in model.graph.initializer) < LARGEST_FILE:
        onnx.save(model, str(path))
        return
    data = path.with_name(path.name + "_data")
    data.unlink(missing_ok=True)  # else it would be written behind what is there
    onnx.save(model, str(path), save_as_external_data=True, all_tensors_to_one_file=True, location=data.name)
    data.chmod(path.stat().st_mode)  # onnx lets nobody but its user read it


def shorten(graph, kept):
    """Names of modules make up half of a tiny graph."""
    short = {}
    new = lambda name: name if not name or name in kept else short.setdefault(name, f"t{len(short)}")  # noqa: E731

    def within(part):
        for value in [*part.initializer] + ([] if part is graph else [*part.input, *part.output]):
            value.name = new(value.name)
        for node in part.node:
            node.name = node.doc_string = ""
            node.input[:] = [new(name) for name in node.input]
            node.output[:] = [new(name) for name in node.output]
            for attribute in node.attribute:
                if attribute.HasField("g"):
                    within(attribute.g)
        del part.value_info[:]

    within(graph)
