"""Writes the hub layout: the files transformers.js and the Java engine read."""
import hashlib
import json
from pathlib import Path

import torch

from . import decoder as d
from . import tokenizer as tok
from .encoder import BACKBONES, SIZE
from .labels import INDEX
from .questions import LABEL_OF, REFUSAL

MAPS = "finding_maps"
NAME, VERSION = "overread-mini", "3.0.0"
LICENCE = "weights CC-BY-4.0, see MODEL_CARD.md for the data's terms"


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def onnx_export(module, args, path, inputs, outputs, dynamic):
    module.eval()
    with torch.no_grad():
        torch.onnx.export(module, args, str(path), input_names=inputs, output_names=outputs, dynamic_axes=dynamic,
                          opset_version=17, dynamo=False, do_constant_folding=True)


def pointed():
    """Finding id -> label number, for every finding of the catalogue whose label has a map of its own."""
    return {f: INDEX[name] for f, (name, yes) in LABEL_OF.items() if yes}


def graphs(encoder, projector, decoder, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.onnx*"):
        old.unlink()
    onnx_export(d.ExportedVision(encoder, projector, list(pointed().values())), (torch.zeros(1, 3, SIZE, SIZE),), folder / "vision_encoder.onnx",
                ["pixel_values"], ["image_features", MAPS], {n: {0: "batch"} for n in ("pixel_values", "image_features", MAPS)})
    onnx_export(decoder.embed, (torch.zeros(1, 4, dtype=torch.long),), folder / "embed_tokens.onnx", ["input_ids"], ["inputs_embeds"],
                {"input_ids": {0: "batch", 1: "sequence"}, "inputs_embeds": {0: "batch", 1: "sequence"}})
    names = [f"{i}.{kind}" for i in range(d.CACHED) for kind in ("key", "value")]
    past = [torch.zeros(1, d.KV_HEADS, 3, d.HEAD) for _ in names]
    dynamic = {"inputs_embeds": {0: "batch", 1: "sequence"}, "attention_mask": {0: "batch", 1: "total"},
               "position_ids": {0: "batch", 1: "sequence"}, "logits": {0: "batch", 1: "sequence"}}
    dynamic.update({f"past_key_values.{n}": {0: "batch", 2: "past"} for n in names})
    dynamic.update({f"present.{n}": {0: "batch", 2: "total"} for n in names})
    onnx_export(d.ExportedDecoder(decoder),
                (torch.zeros(1, 4, d.WIDTH), torch.ones(1, 7, dtype=torch.long), torch.arange(3, 7)[None], *past),
                folder / "decoder_model_merged.onnx",
                ["inputs_embeds", "attention_mask", "position_ids"] + [f"past_key_values.{n}" for n in names],
                ["logits"] + [f"present.{n}" for n in names], dynamic)


def quantise(source, target):
    """int8 weights with a scale a column, computed in float: a quarter of the size, and no activation is ever rounded.

    Dynamic int8 would round activations by the largest value in the whole prompt, so that a reused image prefix would
    answer a little differently from a fresh one. The encoder stays float: its convolutions need constant weights to be fast.
    """
    import numpy as np
    import onnx
    from onnx import helper, numpy_helper
    model = onnx.load(str(source))
    weights = {i.name: i for i in model.graph.initializer}
    done, nodes = {}, []
    for node in model.graph.node:
        w = weights.get(node.input[1]) if node.op_type == "MatMul" else None
        if w is not None and len(w.dims) == 2 and w.dims[0] * w.dims[1] >= 4096:
            if w.name not in done:
                value = numpy_helper.to_array(w)
                scale = np.maximum(np.abs(value).max(0), 1e-8).astype(np.float32) / 127
                q = np.clip(np.rint(value / scale), -127, 127).astype(np.int8)
                names = [w.name + suffix for suffix in ("_q", "_scale", "_f")]
                model.graph.initializer.remove(w)
                model.graph.initializer.extend([numpy_helper.from_array(q, names[0]), numpy_helper.from_array(scale, names[1])])
                nodes.append(helper.make_node("DequantizeLinear", names[:2], names[2:], axis=1, name=w.name + "_dq"))
                done[w.name] = names[2]
            node.input[1] = done[w.name]
    for k, node in enumerate(nodes):
        model.graph.node.insert(k, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def sidecars(target, vocabulary, tokenizer_file):
    write_json(target / "config.json", {
        "model_type": "llava", "architectures": ["LlavaForConditionalGeneration"], "image_token_index": tok.IMAGE,
        "image_seq_length": d.IMAGE_TOKENS,
        "text_config": {"model_type": "bert", "is_decoder": True, "hidden_size": d.WIDTH, "intermediate_size": d.INNER,
                        "num_hidden_layers": d.CACHED, "num_attention_heads": d.HEADS, "num_key_value_heads": d.KV_HEADS, "head_dim": d.HEAD,
                        "vocab_size": vocabulary, "max_position_embeddings": d.POSITIONS, "layer_norm_eps": 1e-5, "bos_token_id": tok.BOS,
                        "eos_token_id": tok.EOS, "pad_token_id": tok.PAD},
        "vision_config": {"model_type": "+".join(f"efficientnet-{b}" for b in BACKBONES), "image_size": SIZE, "num_channels": 3}})
    write_json(target / "preprocessor_config.json", {
        "image_processor_type": "ViTImageProcessor", "do_convert_rgb": True, "do_resize": True, "size": {"height": SIZE, "width": SIZE},
        "resample": 2, "do_center_crop": False, "do_pad": False, "do_rescale": True, "rescale_factor": 1 / 255, "do_normalize": True,
        "image_mean": [127 / 255] * 3, "image_std": [128 / 255] * 3})
    (target / "tokenizer.json").write_text(Path(tokenizer_file).read_text())
    write_json(target / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>",
        "image_token": "<image>", "additional_special_tokens": ["<image>", "<|user|>", "<|assistant|>"], "add_bos_token": False,
        "clean_up_tokenization_spaces": False, "model_max_length": d.POSITIONS, "chat_template": tok.CHAT_TEMPLATE})
    write_json(target / "special_tokens_map.json", {"bos_token": "<bos>", "eos_token": "<eos>", "pad_token": "<pad>",
                                                    "additional_special_tokens": ["<image>", "<|user|>", "<|assistant|>"]})
    write_json(target / "generation_config.json", {"bos_token_id": tok.BOS, "eos_token_id": tok.EOS, "pad_token_id": tok.PAD,
                                                   "do_sample": False, "max_new_tokens": 96})


# What the model is for; `overread guards --fit` adds what it fits. MODEL_CARD.md says why it tells no sides.
LIMITS = {
    "scope": [
        {"word": "X-ray", "modalities": ["CR", "DX", "RG"], "body_parts": ["CHEST", "LUNG", "THORAX"]},
        {"word": "CT", "modalities": ["CT"], "body_parts": ["CHEST", "LUNG", "THORAX", "ABDOMEN", "HEAD", "BRAIN", "SKULL"]},
        {"word": "MRI", "modalities": ["MR"], "body_parts": ["HEAD", "BRAIN", "SKULL"]},
        {"word": "ultrasound", "modalities": ["US"], "body_parts": ["BREAST", "LUNG", "CHEST", "THORAX", "FETUS", "UTERUS"]}],
    "tells_sides": False}


def manifest(target, calibration, trained, own=None):
    """overread.json: what the engine needs beyond the hub layout, and a digest of every other file. own: what a fine-tuned model says instead."""
    dtype = {n: "_int8" if (target / "onnx" / f"{n}_int8.onnx").exists() else "" for n in ("vision_encoder", "embed_tokens", "decoder_model_merged")}
    files = {str(p.relative_to(target)): hashlib.sha256(p.read_bytes()).hexdigest()
             for p in sorted(target.rglob("*")) if p.is_file() and p.name != "overread.json"}
    write_json(target / "overread.json", {
        "name": NAME, "version": VERSION, "licence": LICENCE, "trained": trained, "dtype": dtype,
        "answers": {"yes": ["yes"], "no": ["no"]}, "report_prompt": "Describe the findings.", "refusal_text": REFUSAL,
        "regions": {"output": MAPS, "findings": list(pointed())}, "calibration": calibration, "limits": LIMITS, **(own or {}), "files": files})


def export(encoder, projector, decoder, work, target, calibration, trained, int8=True):
    target = Path(target)
    graphs(encoder, projector, decoder, target / "onnx")
    if int8:
        fp32 = Path(work) / "decoder_fp32.onnx"  # kept to measure what int8 costs
        (target / "onnx" / "decoder_model_merged.onnx").replace(fp32)
        quantise(fp32, target / "onnx" / "decoder_model_merged_int8.onnx")
    sidecars(target, decoder.embed.num_embeddings, Path(work) / "tokenizer.json")
    manifest(target, calibration, trained)
