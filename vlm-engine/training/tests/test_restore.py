import json

import numpy as np
import pytest
import torch

from overread_training.encoder import SIZE
from overread_training.restore import NotThisModel, fill, restore


def test_the_restored_model_computes_what_the_trained_one_did(base):
    folder, (encoder, projector, decoder) = base
    restored = restore(folder)
    assert restored.difference < 1e-4
    pixels = torch.randn(2, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(3))
    with torch.no_grad():
        for ours, theirs in zip(restored.encoder.eval()(pixels), encoder.eval()(pixels)):
            torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-4)
    for name, value in projector.state_dict().items():
        torch.testing.assert_close(restored.projector.state_dict()[name], value)
    for name, value in decoder.state_dict().items():
        # int8 with a scale an output: off by half a step at most
        step = value.abs().amax(-1, keepdim=True) / 127 if value.dim() > 1 and not name.startswith(("embed", "position")) else torch.zeros(1)
        assert bool(((restored.decoder.state_dict()[name] - value).abs() <= step * 0.51 + 1e-7).all()), name


def test_its_normalisation_stays_as_it_was_folded_while_the_rest_learns(base):
    encoder = restore(base[0]).encoder.train()
    norms = [m for m in encoder.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    assert norms and not any(n.training for n in norms)
    for one in encoder.encoders:
        assert one.net._blocks[-1].training and not one.net._blocks[0].training


def copied(base, tmp_path):
    import shutil
    return shutil.copytree(base[0], tmp_path / "copy")


def test_a_changed_file_is_refused(base, tmp_path):
    folder = copied(base, tmp_path)
    (folder / "config.json").write_text((folder / "config.json").read_text() + " ")
    with pytest.raises(NotThisModel, match="config.json is missing or not the file"):
        restore(folder)


def test_a_weight_in_the_wrong_place_is_noticed(base, tmp_path, monkeypatch):
    from overread_training import restore as module

    def swapped(target, values, where):
        if "layers.0.q.weight" in values:
            values["layers.0.q.weight"], values["layers.0.o.weight"] = values["layers.0.o.weight"], values["layers.0.q.weight"]
        fill(target, values, where)

    monkeypatch.setattr(module, "fill", swapped)
    with pytest.raises(NotThisModel, match="differ by"):
        restore(base[0])


def test_another_architecture_is_refused(base, tmp_path):
    import hashlib
    folder = copied(base, tmp_path)
    config = json.loads((folder / "config.json").read_text())
    config["image_seq_length"] = 49
    (folder / "config.json").write_text(json.dumps(config))
    manifest = json.loads((folder / "overread.json").read_text())
    manifest["files"]["config.json"] = hashlib.sha256((folder / "config.json").read_bytes()).hexdigest()
    (folder / "overread.json").write_text(json.dumps(manifest))
    with pytest.raises(NotThisModel, match="makes 49 tokens"):
        restore(folder)


def test_the_digest_is_the_services(base):
    """SHA-256 over lines of digest, two blanks, path, sorted by path: ModelFiles.combined of the engine."""
    import hashlib
    files = sorted(p for p in base[0].rglob("*") if p.is_file())
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(base[0])}\n" for p in sorted(files, key=lambda p: str(p.relative_to(base[0])))]
    assert restore(base[0]).digest == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert np.isfinite(restore(base[0]).difference)
