"""A checkpoint as `save_pretrained` writes it becomes a folder that the engine loads."""
import hashlib
import json
import shutil
import sys

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from safetensors.torch import load_file, save_file

from parity import contrastive, export, importing
from parity.families import REGISTRY
from parity.families.llava_med import LlavaMed
from parity.pictures import all_pictures


def imported(monkeypatch, checkpoint, folder, *more):
    monkeypatch.setattr(sys, "argv", ["importing", str(checkpoint), str(folder), *more])
    importing.main()
    stated = json.loads((folder / "overread.json").read_text())
    for file, digest in stated["files"].items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest
    assert not folder.with_name(folder.name + ".importing").exists()
    return stated


def run(folder, graph, feeds, outputs=None):
    session = onnxruntime.InferenceSession(str(folder / "onnx" / f"{graph}.onnx"), providers=["CPUExecutionProvider"])
    types = {"tensor(bool)": bool, "tensor(int64)": np.int64}
    return session.run(outputs, {i.name: np.asarray(feeds[i.name]).astype(types.get(i.type, np.float32))
                                 for i in session.get_inputs()})


@pytest.fixture
def llava(tmp_path):
    """A tiny LLaVA's checkpoint, and the model."""
    tiny = REGISTRY["llava"](3)
    tiny.save(tmp_path / "checkpoint")
    return tiny, tmp_path / "checkpoint"


@pytest.mark.parametrize("name", ["llava", "smolvlm"])
def test_the_exported_graphs_see_what_transformers_sees(name, tmp_path, monkeypatch):
    tiny = REGISTRY[name](3)
    tiny.save(tmp_path / "checkpoint")
    assert imported(monkeypatch, tmp_path / "checkpoint", tmp_path / "folder")["name"] == "checkpoint"
    batch = tiny.batch([all_pictures()["wide"]], "Is there a nodule?")
    seen = run(tmp_path / "folder", "vision_encoder", batch, ["image_features"])[0]
    with torch.no_grad():
        told = tiny.model.model.get_image_features(
            **{k: batch[k] for k in ("pixel_values", "pixel_attention_mask") if k in batch}).pooler_output
    told = torch.cat([t.reshape(-1, t.shape[-1]) for t in told]) if isinstance(told, (list, tuple)) else told
    np.testing.assert_allclose(seen.reshape(-1, seen.shape[-1]), told.reshape(-1, told.shape[-1]), atol=2e-4)


@pytest.mark.parametrize("name, more", [("llama-3.2-vision", set()), ("florence-2", {"encoder_model"})])
def test_what_a_folder_holds_is_told_by_its_family(name, more, tmp_path, monkeypatch):
    REGISTRY[name](3).save(tmp_path / "checkpoint")
    stated = imported(monkeypatch, tmp_path / "checkpoint", tmp_path / "folder")
    assert set(stated["dtype"]) == {"vision_encoder", "embed_tokens", "decoder_model_merged"} | more


def test_shards_in_half_precision_with_tied_embeddings_are_read(tmp_path, monkeypatch):
    tiny = REGISTRY["qwen2-vl"](3)
    tiny.save(tmp_path / "checkpoint")
    tiny.model.to(torch.bfloat16).save_pretrained(tmp_path / "checkpoint", max_shard_size="20KB")
    if (tmp_path / "checkpoint" / "model.safetensors.index.json").exists():
        (tmp_path / "checkpoint" / "model.safetensors").unlink(missing_ok=True)
    assert len(list((tmp_path / "checkpoint").glob("*.safetensors"))) > 1
    imported(monkeypatch, tmp_path / "checkpoint", tmp_path / "folder")
    ids = torch.arange(10)[None]
    told = tiny.model.get_input_embeddings()(ids).float().detach()
    np.testing.assert_allclose(run(tmp_path / "folder", "embed_tokens", {"input_ids": ids})[0], told, atol=1e-6)


# ---- other layouts


def test_llava_med_s_layout_is_converted_and_its_tower_measured(tmp_path, monkeypatch):
    tiny = LlavaMed(3)
    checkpoint = tmp_path / "checkpoint"
    checkpoint.mkdir()
    tiny.save(checkpoint)
    imported(monkeypatch, checkpoint, tmp_path / "folder")
    batch = tiny.batch([all_pictures()["tall"]], "Is there a nodule?")
    with torch.no_grad():
        told = tiny.model.model.get_image_features(batch["pixel_values"]).pooler_output
    told = torch.cat(list(told)) if isinstance(told, (list, tuple)) else told
    seen = run(tmp_path / "folder", "vision_encoder", batch)[0]
    np.testing.assert_allclose(seen.reshape(-1, seen.shape[-1]), told.reshape(-1, told.shape[-1]), atol=2e-4)
    assert json.loads((tmp_path / "folder" / "config.json").read_text())["image_token_index"] == len(tiny.tokenizer) - 1
    assert json.loads((tmp_path / "folder" / "preprocessor_config.json").read_text())["do_pad"]

    from parity import llava_med
    from parity.checkpoint import Checkpoint
    shutil.rmtree(checkpoint / "vision_tower")
    from transformers import CLIPVisionConfig, CLIPVisionModel
    wide = CLIPVisionConfig(hidden_size=128, intermediate_size=96, num_hidden_layers=2, num_attention_heads=2, image_size=28, patch_size=7)
    tensors = {"model.vision_tower." + name.removeprefix("vision_model."): tensor
               for name, tensor in CLIPVisionModel(wide).state_dict().items()}
    measured = llava_med.vision(Checkpoint.of(checkpoint), tensors)
    for name in ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "image_size", "patch_size"):
        assert getattr(measured, name) == getattr(wide, name)

    tensors = load_file(checkpoint / "model.safetensors")
    save_file({k: v for k, v in tensors.items() if "vision_tower" not in k}, checkpoint / "model.safetensors")
    refused(monkeypatch, checkpoint, tmp_path / "other", "lack the vision tower: put the checkpoint of openai/clip-vit")


@pytest.mark.parametrize("name", ["clip", "siglip", "biomedclip"])
def test_a_contrastive_graph_gives_transformers_logits(name, tmp_path, monkeypatch):
    torch.manual_seed(5)
    model, tokenizer, processor, padding = getattr(contrastive, name)()
    for part in (model, tokenizer, processor):
        part.save_pretrained(tmp_path / "checkpoint")
    assert imported(monkeypatch, tmp_path / "checkpoint", tmp_path / "folder")["dtype"] == {"model": ""}
    inputs = tokenizer(contrastive.TEXTS, return_tensors="pt", **padding) | {
        "pixel_values": processor(contrastive.picture(), return_tensors="pt")["pixel_values"]}
    with torch.no_grad():
        told = model.eval()(**inputs).logits_per_image
    np.testing.assert_allclose(run(tmp_path / "folder", "model", inputs, ["logits_per_image"])[0], told, atol=1e-4)


@pytest.mark.parametrize("pickled", [False, True])
def test_biomedclip_s_layout_gives_open_clip_s_logits(pickled, tmp_path, monkeypatch):
    open_clip = pytest.importorskip("open_clip", reason="needs open_clip_torch and timm")
    from transformers import BertConfig
    torch.manual_seed(5)
    tokenizer = contrastive.bert_tokenizer()
    checkpoint, words = tmp_path / "checkpoint", tmp_path / "words"
    checkpoint.mkdir()
    tokenizer.save_pretrained(checkpoint)
    BertConfig(vocab_size=len(tokenizer), hidden_size=128, num_hidden_layers=2, num_attention_heads=2, intermediate_size=96,
               max_position_embeddings=80, pad_token_id=tokenizer.pad_token_id).save_pretrained(words)
    stated = {"embed_dim": 40,
              "vision_cfg": {"timm_model_name": "vit_tiny_patch16_224", "timm_model_pretrained": False, "timm_pool": "",
                             "timm_proj": "linear", "image_size": 224},
              "text_cfg": {"hf_model_name": str(words), "hf_tokenizer_name": str(words), "hf_proj_type": "mlp",
                           "hf_model_pretrained": False, "hf_pooler_type": "cls_last_hidden_state_pooler", "context_length": 64}}
    from open_clip.model import CustomTextCLIP
    model = CustomTextCLIP(**stated).eval()
    with torch.no_grad():  # random weights leave all similarities alike
        for p in model.parameters():
            p.mul_(2 if p.ndim > 1 else 1)
    (checkpoint / "open_clip_config.json").write_text(json.dumps({"model_cfg": stated, "preprocess_cfg": {
        "mean": list(open_clip.OPENAI_DATASET_MEAN), "std": list(open_clip.OPENAI_DATASET_STD)}}))
    if pickled:
        torch.save(model.state_dict(), checkpoint / "open_clip_pytorch_model.bin")
    else:
        save_file({k: v.contiguous() for k, v in model.state_dict().items()}, checkpoint / "open_clip_model.safetensors")
    imported(monkeypatch, checkpoint, tmp_path / "folder")

    prepare = open_clip.image_transform(224, is_train=False, mean=open_clip.OPENAI_DATASET_MEAN, std=open_clip.OPENAI_DATASET_STD)
    pixels = prepare(contrastive.picture())[None]
    ids = tokenizer(contrastive.TEXTS, return_tensors="pt", padding="max_length", max_length=64)["input_ids"]
    with torch.no_grad():
        told = model.get_logits(pixels, ids)[0]
    assert told.std() > 0.01
    from transformers import AutoImageProcessor, AutoTokenizer
    ours = AutoTokenizer.from_pretrained(tmp_path / "folder")(contrastive.TEXTS, return_tensors="pt", padding=True)
    assert ours["input_ids"].shape[1] < 64
    images = AutoImageProcessor.from_pretrained(tmp_path / "folder", backend="pil")
    shown = images(contrastive.picture(), return_tensors="pt")["pixel_values"]
    np.testing.assert_allclose(shown, pixels, atol=1e-5)
    logits = run(tmp_path / "folder", "model", dict(ours) | {"pixel_values": shown}, ["logits_per_image"])[0]
    np.testing.assert_allclose(logits, told, atol=1e-4)


# ---- quantised


@pytest.mark.parametrize("kind, suffix, operator", [("q4", "_q4", "MatMulNBits"), ("int8", "_int8", "MatMulInteger")])
def test_a_quantised_decoder_is_smaller_and_says_nearly_the_same(kind, suffix, operator, llava, tmp_path, monkeypatch):
    tiny, checkpoint = llava
    stated = imported(monkeypatch, checkpoint, tmp_path / "small", "--quantise", kind)
    assert stated["dtype"] == {"vision_encoder": "", "embed_tokens": suffix, "decoder_model_merged": suffix}
    imported(monkeypatch, checkpoint, tmp_path / "whole")
    small = tmp_path / "small" / "onnx" / f"decoder_model_merged{suffix}.onnx"
    assert operator in {node.op_type for node in onnx.load(small).graph.node}
    assert not (tmp_path / "small" / "onnx" / "decoder_model_merged.onnx").exists()
    assert small.stat().st_size < (tmp_path / "whole" / "onnx" / "decoder_model_merged.onnx").stat().st_size
    ids = np.arange(5, 25)[None]
    logits = []
    for folder, end in (("whole", ""), ("small", suffix)):
        embeds = run(tmp_path / folder, "embed_tokens" + end, {"input_ids": ids})[0]
        past = {f"past_key_values.{i}.{k}": np.zeros((1, 2, 0, 8), np.float32) for i in range(2) for k in ("key", "value")}
        logits.append(run(tmp_path / folder, "decoder_model_merged" + end, past | {
            "inputs_embeds": embeds, "attention_mask": np.ones_like(ids), "position_ids": ids - 5}, ["logits"])[0].ravel())
    assert np.corrcoef(*logits)[0, 1] > 0.8  # four bits of random weights, sixteen in a row


@pytest.mark.parametrize("kind", ["q4", "int8"])
def test_the_two_branches_of_florence_2_s_decoder_are_quantised_too(kind, tmp_path, monkeypatch):
    REGISTRY["florence-2"](3).save(tmp_path / "checkpoint")
    stated = imported(monkeypatch, tmp_path / "checkpoint", tmp_path / "folder", "--quantise", kind)
    for graph, suffix in stated["dtype"].items():
        onnxruntime.InferenceSession(str(tmp_path / "folder" / "onnx" / f"{graph}{suffix}.onnx"))


def test_weights_too_large_for_protobuf_lie_beside_their_graph(llava, tmp_path, monkeypatch):
    monkeypatch.setattr(export, "LARGEST_FILE", 10_000)
    for more in ([], ["--quantise", "q4"], ["--quantise", "int8"]):
        stated = imported(monkeypatch, llava[1], tmp_path / f"folder{more[1:]}", *more)
        graph = f"onnx/decoder_model_merged{stated['dtype']['decoder_model_merged']}.onnx"
        assert {graph, graph + "_data"} <= set(stated["files"])
        onnxruntime.InferenceSession(str(tmp_path / f"folder{more[1:]}" / graph))


# ---- refused, in one line and before the work


def refused(monkeypatch, checkpoint, folder, why):
    monkeypatch.setattr(sys, "argv", ["importing", str(checkpoint), str(folder)])
    with pytest.raises(SystemExit, match=why) as told:
        importing.main()
    assert "\n" not in str(told.value)
    assert not folder.exists()


@pytest.mark.parametrize("config, why", [
    ({"model_type": "phi3_v"}, "phi3_v is no family"),
    ({"model_type": "new", "auto_map": {"AutoModel": "modeling.New"}}, "defined by code in the checkpoint .* not run"),
    ({"model_type": "siglip2"}, "naflex")])
def test_a_family_that_cannot_be_exported_is_named(config, why, tmp_path, monkeypatch):
    (tmp_path / "config.json").write_text(json.dumps(config))
    save_file({"a": torch.zeros(2)}, tmp_path / "model.safetensors")
    refused(monkeypatch, tmp_path, tmp_path / "folder", why)


def without(checkpoint, *names):
    for name in names:
        (checkpoint / name).unlink()


@pytest.mark.parametrize("spoil, why", [
    (lambda c: without(c, "config.json"), "config.json is missing"),
    (lambda c: (c / "config.json").write_text("{"), "config.json cannot be read"),
    (lambda c: without(c, "model.safetensors"), r"no \*.safetensors"),
    (lambda c: (c / "model.safetensors").rename(c / "pytorch_model.bin"), "is a pickle, which may hold code"),
    (lambda c: (c / "model.safetensors").write_bytes((c / "model.safetensors").read_bytes()[:-10]), "is cut off"),
    (lambda c: (c / "model.safetensors.index.json").write_text('{"weight_map": {"a": "model-00002-of-00002.safetensors"}}'),
     "missing: model-00002-of-00002.safetensors"),
    (lambda c: without(c, "tokenizer.json"), "the tokenizer is missing"),
    (lambda c: (c / "tokenizer.json").rename(c / "tokenizer.model"), "to make it of tokenizer.model the Python needs"),
    (lambda c: save_file(dict(list(load_file(c / "model.safetensors").items())[1:]), c / "model.safetensors", metadata={"format": "pt"}),
     "tensors that the checkpoint lacks"),
    (lambda c: (c.parent / "folder.importing").mkdir(), "runs or was killed; remove it")])
def test_what_a_checkpoint_lacks_is_said(spoil, why, llava, tmp_path, monkeypatch):
    spoil(llava[1])
    monkeypatch.setattr(importing, "has", lambda package: package != "sentencepiece")
    refused(monkeypatch, llava[1], tmp_path / "folder", why)


def test_a_python_that_lacks_packages_and_a_disk_that_is_full_are_told(llava, tmp_path, monkeypatch):
    with monkeypatch.context() as lacking:
        lacking.setattr(importing, "has", lambda package: package not in ("onnx", "PIL"))
        refused(lacking, llava[1], tmp_path / "folder", "lacks onnx, pillow: pip install onnx pillow")
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 10, 0))
        refused(full, llava[1], tmp_path / "folder", "are needed at .* 0.0 GB are free")
    with monkeypatch.context() as filling:
        filling.setattr(importing, "describe", lambda *_: (_ for _ in ()).throw(OSError(importing.errno.ENOSPC, "full")))
        refused(filling, llava[1], tmp_path / "folder", "no space is left")
    assert not (tmp_path / "folder.importing").exists()


def test_an_import_that_is_stopped_leaves_nothing(llava, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "describe", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    refused(monkeypatch, llava[1], tmp_path / "folder", "stopped")
    assert [f.name for f in tmp_path.iterdir()] == ["checkpoint"]
