import hashlib
import json

import numpy as np
import pytest
from conftest import line, write_lines
from dicom_files import write
from PIL import Image

from overread_training import fine_tune
from overread_training.runtime import Model


def words(folder, base, **more):
    options = {"--records": folder / "lines.jsonl", "--model": base[0], "--work": folder / "work", "--out": folder / "own-chest", "--encoder-steps": 2,
               "--language-steps": 4, "--threads": 1, **{f"--{k.replace('_', '-')}": v for k, v in more.items()}}
    return ["fine-tune", *(str(w) for pair in options.items() for w in pair)][1:]


def lines(folder):
    write(folder / "3.dcm", np.asarray(Image.open(folder / "3.png"))[None], PatientName="Doe^Jane")
    out = [line(i) for i in range(16)]
    out[3] = {"image": "3.dcm", "group": "Jane Doe 4711", "split": "train", "findings": {"cardiomegaly": True}, "age": 61, "sex": "F",
              "report": "The heart is large. " + "The lungs are clear and so is everything else that can be seen here. " * 20,
              "boxes": [{"finding": "cardiomegaly", "xywh_relative": [0.3, 0.5, 0.5, 0.3]}]}
    out[4]["qa"] = [{"question": "Is this a chest?", "answer": "yes"}, {"question": "What is shown?", "answer": "a chest", "type": "ORGAN/OPEN"}]
    return write_lines(folder / "lines.jsonl", out)


def test_a_handful_of_images_becomes_a_model_folder(folder, base, capsys):
    lines(folder)
    fine_tune.main(words(folder, base))
    out = folder / "own-chest"
    manifest = json.loads((out / "overread.json").read_text())
    files = {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()} - {"overread.json"}
    assert files == set(manifest["files"]) and {"MODEL_CARD.md", "tokenizer.json", "onnx/decoder_model_merged_int8.onnx"} <= files
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest, name
    assert (manifest["name"], manifest["fine_tuned_from"]["name"]) == ("own-chest", "overread-mini")
    assert len(manifest["fine_tuned_from"]["digest"]) == 64
    # too few answers on dev: the base's calibration holds
    assert manifest["calibration"] == json.loads((base[0] / "overread.json").read_text())["calibration"]
    assert (out / "tokenizer.json").read_bytes() == (base[0] / "tokenizer.json").read_bytes()

    model = Model(out, 1)
    features = model.features(Image.open(folder / "1.png"))
    assert np.isfinite(features).all() and np.isfinite(model.yes_no(features, "Is there cardiomegaly?"))
    assert isinstance(model.say(features, "Describe the findings."), str)
    assert not np.allclose(features, Model(base[0], 1).features(Image.open(folder / "1.png")))

    text = (out / "MODEL_CARD.md").read_text()
    assert "| images | 12 | 4 |" in text and "| cardiomegaly: yes / no | 8 / 4 | 0 / 4 |" in text and "1 reports were shortened" in text
    assert not any(secret in text for secret in ("Doe", "4711", "patient 1", str(folder)))
    assert "restored: PyTorch and ONNX Runtime differ by at most" in capsys.readouterr().out

    # a second time with the same data: every stage is found done, and the folder is the same but for nothing
    fine_tune.main(words(folder, base, out=folder / "again", name="own-chest"))
    again = json.loads((folder / "again/overread.json").read_text())
    assert again["files"] == manifest["files"]
    with pytest.raises(SystemExit, match="is there already"):
        fine_tune.main(words(folder, base))
    with pytest.raises(SystemExit, match="another encoder-steps"):
        fine_tune.main(words(folder, base, out=folder / "third", encoder_steps=3))


def test_it_starts_from_a_model_folder_only(folder, base):
    lines(folder)
    with pytest.raises(SystemExit, match="no model folder"):
        fine_tune.main(words(folder, base, model=folder))


def test_every_image_is_shown_as_often_and_one_in_ten_is_none():
    rows, made = np.arange(10), np.arange(100, 120)
    shown = fine_tune.mixed(rows, made, 100, np.random.default_rng(0))
    assert len(shown) == 100 and (shown >= 100).sum() == 10 and set(np.bincount(shown[shown < 100])) == {9}


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 7, 41])
def test_the_looks_at_dev_share_the_steps(steps):
    assert sum(fine_tune.passes_of(steps)) == steps and min(fine_tune.passes_of(steps)) >= 1
