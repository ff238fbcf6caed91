"""A checkpoint in onnxruntime-genai's layout: the decoder is made by its own model builder."""
import contextlib
import io
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime_genai.models.builder import create_model, get_hf_details

from .. import export

LARGEST_FILE = 1 << 30  # bytes; protobuf ends at 2 GiB


def write(tiny, folder, precision="fp32", small=True):
    folder.mkdir(parents=True)
    config = decoder(tiny, folder / "text.onnx", precision, small)
    tiny.vision_graph(folder / "vision.onnx")
    embedding(tiny, folder / "embedding.onnx")
    own = tiny.model_config()
    model = config["model"]
    model |= {"type": own["type"], "eos_token_id": tiny.stop} | own.get("model", {})
    model["vision"] = {"filename": "vision.onnx", "config_filename": "processor_config.json",
                       "outputs": {"image_features": "image_features"}} | own["vision"]
    model["embedding"] = {"filename": "embedding.onnx", "outputs": {"inputs_embeds": "inputs_embeds"},
                          "inputs": {"input_ids": "input_ids", "image_features": "image_features"}}
    said(folder / "genai_config.json", config)
    said(folder / "processor_config.json", {"processor": {"name": "image_processing", "transforms": [
        {"operation": {"name": kind.lower(), "domain": "com.microsoft.extensions", "type": kind} | ({"attrs": attrs} if attrs else {})}
        for kind, attrs in tiny.processor_config()]}})
    said(folder / "tokenizer_config.json", tiny.tokenizer_config())
    tokens = json.loads(tiny.tokenizer.backend_tokenizer.to_str())
    (folder / "tokenizer.json").write_text(json.dumps(tokens, ensure_ascii=False, separators=(",", ":")) + "\n")


def said(path, value):
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def decoder(tiny, path, precision, small):
    """The graph, and what the builder says of it."""
    with tempfile.TemporaryDirectory() as temporary, contextlib.redirect_stdout(io.StringIO()):
        checkpoint, out = Path(temporary) / "checkpoint", Path(temporary) / "out"
        tiny.language.save_pretrained(checkpoint)
        tiny.tokenizer.save_pretrained(checkpoint)
        details = get_hf_details("", str(checkpoint), temporary, {"hf_token": "false"})
        tiny.details(details["hf_config"])
        create_model("", str(checkpoint), str(out), precision, "cpu", temporary, hf_details=details,
                     exclude_embeds=True, windowed_kv_cache=False, filename=path.name)
        graph = onnx.load(out / path.name)
        config = json.loads((out / "genai_config.json").read_text())
    if small:
        counted(graph.graph)
        export.shorten(graph.graph, {value.name for value in [*graph.graph.input, *graph.graph.output]})
    save(graph, path)
    return config


def counted(graph):
    """Tables of cosines and sines, most of a tiny graph's bytes, are worked out by the graph instead of stored."""
    tables = {node.output[0]: numpy_helper.to_array(node.attribute[0].t) for node in graph.node if node.op_type == "Constant"}
    tables |= {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for name, table in tables.items():
        if name.startswith(("cos_cache", "sin_cache")):
            rest = name.removeprefix("cos").removeprefix("sin")
            nodes = computed(name, table, *wave(tables["cos" + rest], tables["sin" + rest]))
            kept = [node for node in graph.node if name not in node.output]
            del graph.node[:]
            graph.node.extend(nodes + kept)
    for tensor in [t for t in graph.initializer if t.name.startswith(("cos_cache", "sin_cache"))]:
        graph.initializer.remove(tensor)
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                counted(attribute.g)


def wave(cosines, sines):
    """The scale, and the frequencies: about from position 1, then to the last bit from the last position."""
    angles = np.arctan2(sines.astype(np.float64), cosines)
    last = len(angles) - 1
    turns = np.round((last * angles[1] - angles[last]) / (2 * np.pi))
    return np.hypot(cosines[0], sines[0])[0], ((angles[last] + 2 * np.pi * turns) / last).astype(np.float32)


def computed(name, table, scale, frequency):
    """scale * cos(position * frequency), or the sine."""
    values = {"from": np.float32(0), "to": np.float32(len(table)), "step": np.float32(1), "axis": np.int64([1]),
              "frequency": frequency[None], "scale": np.float32(scale)}
    each = lambda kind, inputs, output: helper.make_node(  # noqa: E731
        kind, [f"{name}.{i}" for i in inputs.split()], [f"{name}.{output}" if output else name])
    again = scale * (np.cos if name.startswith("cos") else np.sin)(
        np.arange(len(table), dtype=np.float32)[:, None] * frequency[None])
    if np.abs(again - table).max() > 1e-5:
        raise ValueError(f"{name} is another table: off by {np.abs(again - table).max()}")
    return [helper.make_node("Constant", [], [f"{name}.{label}"], value=numpy_helper.from_array(np.asarray(value), label))
            for label, value in values.items()] + [
        each("Range", "from to step", "positions"), each("Unsqueeze", "positions axis", "column"),
        each("Mul", "column frequency", "angles"), each("Cos" if name.startswith("cos") else "Sin", "angles", "wave"),
        each("Mul", "wave scale", "")]


def embedding(tiny, path):
    """Image tokens replaced by rows of features. Phi's are below zero, the others' have a number."""
    table = tiny.language.get_input_embeddings().weight.detach().numpy() * tiny.embedding_scale
    hidden, image = table.shape[1], tiny.image_token
    test = "Less" if image is None else "Equal"
    nodes = [helper.make_node(test, ["input_ids", "image"], ["is_image"]),
             helper.make_node("Max" if image is None else "Identity", ["input_ids", "zero"][:2 if image is None else 1], ["known"]),
             helper.make_node("Gather", ["table", "known"], ["embedded"]),
             helper.make_node("NonZero", ["is_image"], ["places"]),
             helper.make_node("Transpose", ["places"], ["indices"], perm=[1, 0]),
             helper.make_node("ScatterND", ["embedded", "indices", "image_features"], ["inputs_embeds"])]
    scalar = lambda name, number: helper.make_tensor(name, TensorProto.INT64, [1], [number])  # noqa: E731
    graph = helper.make_graph(
        nodes, "embedding",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch_size", "sequence_length"]),
         helper.make_tensor_value_info("image_features", TensorProto.FLOAT, ["num_image_tokens", hidden])],
        [helper.make_tensor_value_info("inputs_embeds", TensorProto.FLOAT, ["batch_size", "sequence_length", hidden])],
        [numpy_helper.from_array(table, "table"), scalar("image", 0 if image is None else image)]
        + ([scalar("zero", 0)] if image is None else []))
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), path)


def save(model, path):
    large = sum(len(tensor.raw_data) for tensor in model.graph.initializer) > LARGEST_FILE
    onnx.save(model, str(path), save_as_external_data=large, location=path.name + ".data")
