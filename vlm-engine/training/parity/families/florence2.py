"""Florence-2: a tiny random checkpoint's graphs, as the hub's exports part and name them.

`encoder_model` reads the image's rows and the text together; `decoder_model_merged` is two graphs
behind one `If`: without a past it projects the encoder's states once (`present.N.encoder.*`), with
one it reads them from the past and gives empty tensors in their place.
"""

import onnx
import torch
from onnx import TensorProto, helper
from tokenizers import processors
from torch import nn
from transformers import CLIPImageProcessorPil, Florence2Config, Florence2ForConditionalGeneration, Florence2Processor

from .. import export
from ..golden import CASES, LONG
from ..layers import causal
from ..tiny import Tiny, write
from ..tokens import byte_level


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
    """inputs_embeds, encoder_attention_mask, then the encoder's states or the past."""

    def __init__(self, model, head, begins):
        super().__init__()
        self.decoder, self.head, self.begins = model.language_model.decoder, head, begins

    def forward(self, inputs_embeds, encoder_attention_mask, *rest):
        length = inputs_embeds.shape[1]
        before = 0 if self.begins else rest[0].shape[2]
        x = placed(self.decoder, inputs_embeds, before)
        mask = causal(torch.ones((inputs_embeds.shape[0], before + length), dtype=torch.long), length)
        far = reading(encoder_attention_mask)
        present = []
        for i, layer in enumerate(self.decoder.layers):
            own, cross = layer.self_attn, layer.encoder_attn
            key, value = heads(own, own.k_proj(x)), heads(own, own.v_proj(x))
            if self.begins:
                far_key, far_value = heads(cross, cross.k_proj(rest[0])), heads(cross, cross.v_proj(rest[0]))
                present += [key, value, far_key, far_value]
            else:
                key, value = torch.cat((rest[4 * i], key), 2), torch.cat((rest[4 * i + 1], value), 2)
                far_key, far_value = rest[4 * i + 2], rest[4 * i + 3]
                present += [key, value]
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
            node.name = ""
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
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", None]
                                      if name == "logits" else ["batch", kv_heads, "total", dimension])
        for name in outputs
    ]
    graph = helper.make_graph([choose], "merged", list(given.values()), results, initializers)
    model = helper.make_model(graph, opset_imports=first.opset_import, ir_version=first.ir_version)
    model.functions.extend({f.name: f for m in (first, later) for f in m.functions}.values())
    return model


SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "<image>"]
EDGE, ROWS, HEADS = 32, 17, 4


class Florence2(Tiny):
    name = "florence-2"
    source = "none: Florence2Processor puts the picture, <s>, the text and </s> together, and writes out <CAPTION>"
    # One picture a prompt is all that the family takes, and its table of positions is short.
    cases = CASES[:2] + [(["wide"], LONG[:450] + "Is there an effusion?"), (["tall"], "<MORE_DETAILED_CAPTION>")]

    def make_tokenizer(self):
        tokenizer = byte_level(SPECIAL, size=320, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>")
        tokenizer.backend_tokenizer.post_processor = processors.RobertaProcessing(
            ("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
        return tokenizer

    def make_processor(self):
        images = CLIPImageProcessorPil(size={"height": EDGE, "width": EDGE}, do_center_crop=False, resample=3,
                                       image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225])
        images.image_seq_length = ROWS
        return self.together(images, self.tokenizer, {}, None)

    @classmethod
    def together(cls, images, tokenizer, settings, template):
        if not hasattr(tokenizer, "image_token"):
            tokenizer.image_token, tokenizer.image_token_id = "<image>", tokenizer.convert_tokens_to_ids("<image>")
        return Florence2Processor(images, tokenizer)

    def make_model(self):
        vision = {"depths": [1, 1], "patch_size": [7, 3], "patch_stride": [4, 2], "patch_padding": [3, 1],
                  "patch_prenorm": [False, True], "embed_dim": [8, 16], "num_heads": [1, 2], "num_groups": [1, 2],
                  "window_size": 4, "mlp_ratio": 2.0, "projection_dim": 32, "drop_path_rate": 0.0,
                  "max_position_embeddings": 6, "max_temporal_embeddings": 4}
        text = {"model_type": "bart", "vocab_size": len(self.tokenizer), "d_model": 32, "encoder_layers": 1,
                "decoder_layers": 2, "encoder_attention_heads": HEADS, "decoder_attention_heads": HEADS,
                "encoder_ffn_dim": 48, "decoder_ffn_dim": 48, "max_position_embeddings": 512, "pad_token_id": 1,
                "bos_token_id": 0, "eos_token_id": 2, "decoder_start_token_id": 2}
        return Florence2ForConditionalGeneration._from_config(Florence2Config(
            vision_config=vision, text_config=text, image_token_id=self.tokenizer.image_token_id), attn_implementation="eager")

    def batch(self, images, question):
        batch = dict(self.processor(text=question, images=images, return_tensors="pt"))
        return batch | {"decoder_input_ids": torch.tensor([[2, 0]])}

    def extended(self, batch, token):
        return batch | {"decoder_input_ids": torch.cat([batch["decoder_input_ids"], torch.tensor([[token]])], 1)}

    def template_in_folder(self):
        return False

    def write(self, folder, batch):
        super().write(folder, batch)
        usual = {"bos_token_id": 0, "decoder_start_token_id": 2, "eos_token_id": 2, "forced_bos_token_id": 0,
                 "forced_eos_token_id": 2, "num_beams": 3, "pad_token_id": 1}
        stated = {name: getattr(self.model.generation_config, name, None) for name in usual}
        write(folder / "generation_config.json", usual | {k: v for k, v in stated.items() if v is not None})

    def vision_graph(self, path, batch):
        export.graph(Vision(self.model.model), (batch["pixel_values"],), path, ["pixel_values"], ["image_features"], {})

    def decoder_graph(self, path):
        model, text = self.model.model, self.model.config.text_config
        hidden, heads = text.d_model, text.decoder_attention_heads
        ids, both = {0: "batch", 1: "length"}, ["inputs_embeds", "attention_mask"]
        mask = torch.ones(1, 9, dtype=torch.long)
        export.graph(Encoder(model), (torch.randn(1, 9, hidden), mask), path.with_name("encoder_model.onnx"), both,
                     ["last_hidden_state"], {name: ids for name in both + ["last_hidden_state"]})
        layers = len(model.language_model.decoder.layers)
        names = [f"{i}.{side}.{kind}" for i in range(layers) for side in ("decoder", "encoder") for kind in ("key", "value")]
        past, present = [f"past_key_values.{n}" for n in names], [f"present.{n}" for n in names]
        axes = {"inputs_embeds": ids, "logits": ids, "encoder_hidden_states": {0: "batch", 1: "read"},
                "encoder_attention_mask": {0: "batch", 1: "read"}}
        axes |= {n: {0: "batch", 2: "read" if "encoder" in n else "past"} for n in past}
        axes |= {n: {0: "batch", 2: "read" if "encoder" in n else "total"} for n in present}
        asked = ["inputs_embeds", "encoder_attention_mask"]
        embeds = torch.randn(1, 3, hidden)
        parts = [path.with_name("first.onnx"), path.with_name("later.onnx")]
        export.graph(Decoder(model, self.model.lm_head, True), (embeds, mask, torch.randn(1, 9, hidden)), parts[0],
                     asked + ["encoder_hidden_states"], ["logits"] + present, axes)
        held = [torch.randn(1, heads, 9 if "encoder" in n else 4, hidden // heads) for n in names]
        export.graph(Decoder(model, self.model.lm_head, False), (embeds, mask, *held), parts[1], asked + past,
                     ["logits"] + [n for n in present if ".encoder." not in n], axes)
        export.save(merged(*(onnx.load(part) for part in parts), ["logits"] + present, heads, hidden // heads), path)
        for part in parts:
            part.unlink()
            part.with_name(part.name + "_data").unlink(missing_ok=True)
