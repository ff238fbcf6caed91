"""A model folder back into PyTorch: the weights from its ONNX files, found by the names that the exporter gave their nodes."""
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

from . import decoder as d
from .encoder import BACKBONES, GRID, SIZE, Encoder, Pair
from .export import MAPS, pointed
from .labels import LABELS
from .runtime import Model

TOLERANCE = 1e-3  # of the largest value: rounding in float32 stays far below it, a weight in the wrong place far above


class SettledEncoder(Encoder):
    """An encoder whose normalisation was folded into its convolutions when it was exported: what is left of it is a shift a channel."""

    def __init__(self, backbone):
        super().__init__(backbone, pretrained=False)

    def train(self, mode=True):
        super().train(mode)
        for module in self.net.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self


@dataclass
class Base:
    """A model folder to start from."""
    encoder: Pair  # of SettledEncoders
    projector: d.Projector
    decoder: d.Decoder
    folder: Path
    manifest: dict
    digest: str
    difference: float  # the largest between PyTorch and ONNX Runtime, as a share of the largest value

    def modules(self):
        return self.encoder, self.projector, self.decoder


class NotThisModel(Exception):
    """The folder holds another architecture than this pipeline trains, or its files are not what they were."""


class Graph:
    """The weights of one ONNX file: by their own names where the exporter kept them, else by the node that uses them."""

    def __init__(self, path):
        graph = onnx.load(str(path)).graph
        self.file, self.nodes = path.name, graph.node
        self.weights = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        for node in graph.node:
            if node.op_type == "DequantizeLinear":  # a scale a column, as export.quantise writes it
                self.weights[node.output[0]] = self.weights[node.input[0]].astype(np.float32) * self.weights[node.input[1]]
            elif node.op_type == "Identity" and node.input[0] in self.weights:  # the exporter keeps equal weights once
                self.weights[node.output[0]] = self.weights[node.input[0]]

    def named(self, prefix):
        """The weights whose names the exporter kept, without the prefix."""
        return {n.removeprefix(prefix): w for n, w in self.weights.items() if n.startswith(prefix)}

    def used(self, kind):
        """(the module's path, weight, bias or None) of every node of a kind that has a constant weight."""
        for node in self.nodes:
            if node.op_type == kind and node.input[1] in self.weights:
                path = node.name.strip("/").split("/")[:-1]
                bias = self.weights[node.input[2]] if len(node.input) > 2 else None
                yield path, self.weights[node.input[1]], bias


def combined(folder, manifest):
    """The digest by which the service names a model: over the digests of all files, overread.json's with them."""
    digests = {**manifest["files"], "overread.json": hashlib.sha256((folder / "overread.json").read_bytes()).hexdigest()}
    return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()).hexdigest()


def fill(module, values, where):
    """Every parameter of the module from the values: none may be missing, none left over, none of another shape."""
    wanted = dict(module.named_parameters())
    odd = set(wanted) ^ set(values)
    if odd:
        raise NotThisModel(f"{where}: {len(odd)} weights are missing or unknown, such as {sorted(odd)[0]}")
    with torch.no_grad():
        for name, parameter in wanted.items():
            if tuple(parameter.shape) != values[name].shape:
                raise NotThisModel(f"{where}: {name} is {values[name].shape}, here {tuple(parameter.shape)}")
            parameter.copy_(torch.from_numpy(np.array(values[name], np.float32)))


def encoder_from(graph, place, backbone):
    encoder = SettledEncoder(backbone)
    prefix = f"encoder.encoders.{place}."
    values = graph.named(prefix)  # the heads; the convolutions lost their names when the normalisation was folded in
    shift = {f"_blocks.{i}.{c}": f"_blocks.{i}.{b}" for i in range(len(encoder.net._blocks))
             for c, b in (("_expand_conv", "_bn0"), ("_depthwise_conv", "_bn1"), ("_project_conv", "_bn2"))}
    shift.update(_conv_stem="_bn0", _conv_head="_bn1")
    for path, weight, bias in graph.used("Conv"):
        whole = ".".join(path)
        name = whole.removeprefix(prefix)
        if name != whole and name in shift:
            norm = encoder.net.get_submodule(shift[name])
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)
            values[f"net.{name}.weight"], values[f"net.{shift[name]}.bias"] = weight, bias
            values[f"net.{shift[name]}.weight"] = np.ones_like(bias)
    fill(encoder, values, graph.file)
    return encoder


def projector_from(graph):
    projector = d.Projector()
    values = graph.named("projector.")
    for path, weight, _ in graph.used("MatMul"):
        if path[0] == "projector":
            values[f"{path[-1]}.weight"] = weight.T
    fill(projector, values, graph.file)
    return projector


def decoder_from(graph, words):
    """The decoder, and its rounded output weights: in PyTorch those are the embeddings, which the folder keeps unrounded."""
    decoder = d.Decoder(len(words))
    values, output = {**graph.named("decoder."), "embed.weight": words}, None
    for path, weight, _ in graph.used("MatMul"):
        if path:
            values[".".join(path) + ".weight"] = weight.T
        else:
            output = weight
    fill(decoder, values, graph.file)
    if output is None or output.shape != words.T.shape:
        raise NotThisModel(f"{graph.file}: its output layer is not found")
    return decoder, output


def differ(ours, theirs):
    return max(float(np.abs(a.numpy() - b).max() / max(1, np.abs(b).max())) for a, b in zip(ours, theirs))


def as_written(path):
    """The decoder's graph run node by node: with its usual rewriting ONNX Runtime multiplies int8 weights by rounded activations."""
    options = ort.SessionOptions()
    options.graph_optimization_level, options.intra_op_num_threads = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC, 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def difference(model, encoder, projector, decoder, output):
    """PyTorch against ONNX Runtime on fixed input: the largest difference as a share of the largest value."""
    rng = np.random.default_rng(5)
    pixels = rng.normal(size=(1, 3, SIZE, SIZE)).astype(np.float32)
    ids = rng.integers(6, len(decoder.bias), (1, 12))
    with torch.no_grad():
        vision = d.ExportedVision(encoder, projector, list(pointed().values())).eval()(torch.from_numpy(pixels))
        found = [differ(vision, model.vision.run(["image_features", MAPS], {"pixel_values": pixels}))]
        embeds = decoder.embed(torch.from_numpy(ids))
        found.append(differ([embeds], model.embed.run(None, {"input_ids": ids})))
        mask = torch.triu(torch.full((ids.size, ids.size), -1e9), 1)[None, None, None]
        h, present = decoder.eval().run(embeds, torch.arange(ids.size)[None], mask)
        logits = F.gelu(decoder.head(h)) @ torch.from_numpy(output) + decoder.bias
        theirs, cache = model.step(embeds.numpy(), [model.empty] * (2 * model.layers))
        found.append(differ([logits[0, -1], *(t for pair in present for t in pair)], [theirs, *cache]))
    return max(found)


def restore(folder):
    """The folder as a Base; NotThisModel says why it can't be one."""
    folder = Path(folder)
    if not (folder / "overread.json").is_file():
        raise NotThisModel(f"{folder} is no model folder: it has no overread.json")
    manifest = json.loads((folder / "overread.json").read_text())
    for name, digest in manifest["files"].items():
        if not (folder / name).is_file() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise NotThisModel(f"{folder / name} is missing or not the file that overread.json names")
    tokens, size = (json.loads((folder / "config.json").read_text()).get(k) for k in ("image_seq_length", "vision_config"))
    if tokens != GRID * GRID + len(LABELS) or (size or {}).get("image_size") != SIZE:
        raise NotThisModel(f"{folder} makes {tokens} tokens of {(size or {}).get('image_size')} px; this pipeline {d.IMAGE_TOKENS} of {SIZE} px")
    file = lambda name: folder / "onnx" / f"{name}{manifest['dtype'][name]}.onnx"  # noqa: E731
    vision = Graph(file("vision_encoder"))
    encoder, projector = Pair([encoder_from(vision, i, b) for i, b in enumerate(BACKBONES)]), projector_from(vision)
    (_, words), = Graph(file("embed_tokens")).weights.items()
    decoder, output = decoder_from(Graph(file("decoder_model_merged")), words)
    model = Model(folder, 1)
    model.decoder = as_written(file("decoder_model_merged"))
    largest = difference(model, encoder, projector, decoder, output)
    if not largest < TOLERANCE:
        raise NotThisModel(f"{folder}: PyTorch and ONNX Runtime differ by {largest:.1e} of the largest value; the weights are not where they should be")
    return Base(encoder, projector, decoder, folder, manifest, combined(folder, manifest), largest)
