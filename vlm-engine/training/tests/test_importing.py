"""A checkpoint as `save_pretrained` writes it becomes a folder that the engine loads."""
import hashlib
import json
import sys

import numpy as np
import onnxruntime
import pytest
import torch

from parity import importing
from parity.families import REGISTRY
from parity.pictures import all_pictures


@pytest.mark.parametrize("name", ["llava", "smolvlm"])
def test_the_exported_graphs_see_what_transformers_sees(name, tmp_path, monkeypatch):
    tiny = REGISTRY[name](3)
    checkpoint, folder = tmp_path / "checkpoint", tmp_path / "folder"
    tiny.model.save_pretrained(checkpoint)
    tiny.processor.save_pretrained(checkpoint)
    monkeypatch.setattr(sys, "argv", ["importing", str(checkpoint), str(folder)])
    importing.main()
    stated = json.loads((folder / "overread.json").read_text())
    assert stated["name"] == "checkpoint"
    for file, digest in stated["files"].items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest
    batch = tiny.batch([all_pictures()["wide"]], "Is there a nodule?")
    session = onnxruntime.InferenceSession(str(folder / "onnx" / "vision_encoder.onnx"))
    feeds = {i.name: np.asarray(batch[i.name]).astype(bool if "mask" in i.name else np.float32) for i in session.get_inputs()}
    seen = session.run(["image_features"], feeds)[0]
    with torch.no_grad():
        told = tiny.model.model.get_image_features(**{k: batch[k] for k in feeds}).pooler_output
    told = torch.cat([t.reshape(-1, t.shape[-1]) for t in told]) if isinstance(told, (list, tuple)) else told
    np.testing.assert_allclose(seen.reshape(-1, seen.shape[-1]), told.reshape(-1, told.shape[-1]), atol=2e-4)


def test_a_family_that_cannot_be_exported_is_named(tmp_path, monkeypatch):
    (tmp_path / "config.json").write_text('{"model_type": "phi3_v"}')
    monkeypatch.setattr(sys, "argv", ["importing", str(tmp_path), str(tmp_path / "folder")])
    with pytest.raises(SystemExit, match="phi3_v is no family"):
        importing.main()
