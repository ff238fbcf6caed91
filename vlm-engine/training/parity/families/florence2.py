"""Florence-2: a tiny random checkpoint's graphs, as the hub's exports part and name them.

`encoder_model` reads the image's rows and the text together; `decoder_model_merged` is two graphs
behind one `If`: without a past it projects the encoder's states once (`present.N.encoder.*`), with
one it reads them from the past and gives empty tensors in their place.
"""

import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

from qwen_vl import causal


class Vision(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixel_values):
        return self.model.multi_modal_projector(
            self.model.vision_tower(pixel_values).last_hidden_state
        )


def heads(attention, x):
    return x.view(x.shape[0], x.shape[1], -1, attention.head_dim).transpose(1, 2)


def attend(attention, x, key, value, mask):
    q = heads(attention, attention.q_proj(x))
    scores = q @ key.transpose(2, 3) * attention.scaling + mask
    mixed = torch.softmax(scores, -1) @ value
    return attention.out_proj(mixed.transpose(1, 2).reshape(x.shape))


def placed(module, x, past):
    at = torch.arange(x.shape[1]) + past + module.embed_positions.offset
    return module.layernorm_embedding(x + module.embed_positions.weight[at])


def reading(mask):
    return torch.where(mask[:, None, None, :] > 0, 0.0, -1e30)


def fed_forward(layer, x):
    return layer.final_layer_norm(x + layer.fc2(layer.activation_fn(layer.fc1(x))))


class Encoder(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.encoder = model.language_model.encoder

    def forward(self, inputs_embeds, attention_mask):
        x = placed(self.encoder, inputs_embeds, 0)
        mask = reading(attention_mask)
        for layer in self.encoder.layers:
            own = layer.self_attn
            key, value = heads(own, own.k_proj(x)), heads(own, own.v_proj(x))
            x = layer.self_attn_layer_norm(x + attend(own, x, key, value, mask))
            x = fed_forward(layer, x)
        return x


class Decoder(nn.Module):
    """With `states` the first run, with `past` every later one."""

    def __init__(self, model, head):
        super().__init__()
        self.decoder = model.language_model.decoder
        self.head = head

    def forward(self, inputs_embeds, encoder_attention_mask, states, past):
        length = inputs_embeds.shape[1]
        before = past[0].shape[2] if past else 0
        x = placed(self.decoder, inputs_embeds, before)
        ones = torch.ones((inputs_embeds.shape[0], before + length), dtype=torch.long)
        mask = causal(ones, length)
        far = reading(encoder_attention_mask)
        present = []
        for i, layer in enumerate(self.decoder.layers):
            own, cross = layer.self_attn, layer.encoder_attn
            key, value = heads(own, own.k_proj(x)), heads(own, own.v_proj(x))
            if past:
                key = torch.cat((past[4 * i], key), 2)
                value = torch.cat((past[4 * i + 1], value), 2)
                far_key, far_value = past[4 * i + 2], past[4 * i + 3]
                present += [key, value]
            else:
                far_key = heads(cross, cross.k_proj(states))
                far_value = heads(cross, cross.v_proj(states))
                present += [key, value, far_key, far_value]
            x = layer.self_attn_layer_norm(x + attend(own, x, key, value, mask))
            x = layer.encoder_attn_layer_norm(x + attend(cross, x, far_key, far_value, far))
            x = fed_forward(layer, x)
        return (self.head(x), *present)


def merged(first, later, outputs, kv_heads, dimension):
    """One graph of two: `use_cache_branch` chooses; weights that both have are held once."""
    weights = {}
    for graph in (first.graph, later.graph):
        renamed = {}
        for weight in graph.initializer:
            key = (tuple(weight.dims), weight.data_type, weight.raw_data)
            renamed[weight.name] = weights.setdefault(key, f"w{len(weights)}")
        del graph.initializer[:]
        for node in graph.node:
            node.input[:] = [renamed.get(name, name) for name in node.input]
    initializers = [
        onnx.TensorProto(dims=dims, data_type=kind, raw_data=raw, name=name)
        for (dims, kind, raw), name in weights.items()
    ]
    given = {value.name: value for graph in (later.graph, first.graph) for value in graph.input}
    branches = []
    for graph, mark in ((later.graph, "later"), (first.graph, "first")):
        nodes = list(graph.node)
        made = {name for node in nodes for name in node.output}
        renamed = {name: f"{mark}_{name}" for name in made}
        for node in nodes:
            node.input[:] = [renamed.get(name, name) for name in node.input]
            node.output[:] = [renamed[name] for name in node.output]
            node.name = f"{mark}_{node.name}"
        results = []
        for name in outputs:
            kind, shape = TensorProto.FLOAT, None
            if name in made:
                results.append(helper.make_tensor_value_info(renamed[name], kind, shape))
                continue
            empty = f"{mark}_{name}"
            tensor = helper.make_tensor(empty, kind, (0, kv_heads, 1, dimension), [])
            nodes.append(helper.make_node("Constant", [], [empty], value=tensor))
            results.append(helper.make_tensor_value_info(empty, kind, shape))
        branches.append(helper.make_graph(nodes, mark, [], results))
    choose = helper.make_node(
        "If", ["use_cache_branch"], outputs, then_branch=branches[0], else_branch=branches[1]
    )
    given["use_cache_branch"] = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    results = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["b", "s", None] if name == "logits" else ["b", kv_heads, "n", dimension])
        for name in outputs
    ]
    graph = helper.make_graph([choose], "merged", list(given.values()), results, initializers)
    model = helper.make_model(graph, opset_imports=first.opset_import, ir_version=first.ir_version)
    model.functions.extend({f.name: f for m in (first, later) for f in m.functions}.values())
    return model
