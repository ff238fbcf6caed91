"""Smaller numbers for the graphs that hold most of a model, by onnxruntime's own tools.

q4: weights of four bits in blocks of 32 (MatMulNBits; GatherBlockQuantized for the embeddings); sums stay f32.
int8: weights of eight bits a column, activations rounded as they come (quantize_dynamic).
The image encoder stays as it is: it runs once an image, and most of what is seen hangs on it.
"""
import contextlib
import io
import logging
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

from . import export

SUFFIXES = {"q4": "_q4", "int8": "_int8"}
GRAPHS = {"decoder_model_merged": "MatMul", "encoder_model": "MatMul", "embed_tokens": "Gather", "model": "MatMul"}
BLOCK = 32


def quantised(folder, kind):
    """Puts the smaller graphs in the place of those that there are; the suffix of each graph."""
    logging.getLogger().setLevel(logging.ERROR)
    suffixes = {}
    for file in sorted(folder.glob("*.onnx")):
        name = file.stem
        suffixes[name] = SUFFIXES[kind] if name in GRAPHS else ""
        if name in GRAPHS:
            print(f"quantising {name}", flush=True)
            model = (four_bits if kind == "q4" else eight_bits)(file, GRAPHS[name])
            file.unlink()
            file.with_name(file.name + "_data").unlink(missing_ok=True)
            export.save(model, folder / f"{name}{SUFFIXES[kind]}.onnx")
    return suffixes


def four_bits(file, operator):
    quantiser = MatMulNBitsQuantizer(onnx.load(str(file)), block_size=BLOCK, is_symmetric=operator == "MatMul",
                                     op_types_to_quantize=(operator,))
    with np.errstate(divide="ignore", invalid="ignore"):  # rows of nothing but zeros
        quantiser.process()
    model = quantiser.model.model
    once(model.graph)
    return model


def eight_bits(file, operator):
    with tempfile.TemporaryDirectory(dir=file.parent) as folder, contextlib.redirect_stdout(io.StringIO()):
        made = Path(folder) / file.name
        quantize_dynamic(file, made, op_types_to_quantize=[operator], per_channel=operator == "MatMul", weight_type=QuantType.QInt8,
                         use_external_data_format=file.with_name(file.name + "_data").exists(),
                         extra_options={"EnableSubgraph": True, "MatMulConstBOnly": True})
        return onnx.load(str(made))


def once(graph):
    """A weight that two nodes share has been quantised twice under one name, and the one it came from is left."""
    used = set(names(graph))
    kept = {tensor.name: tensor for tensor in graph.initializer if tensor.name in used}
    del graph.initializer[:]
    graph.initializer.extend(kept.values())


def names(graph):
    for node in graph.node:
        yield from node.input
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                yield from names(attribute.g)
    yield from (output.name for output in graph.output)
