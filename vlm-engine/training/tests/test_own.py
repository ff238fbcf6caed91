import json

import numpy as np
import pytest
from conftest import drawn, line, write_lines
from dicom_files import write
from PIL import Image

from overread_training import own
from overread_training.labels import INDEX, boxes, targets
from overread_training.questions import REPORT, balance, described, questions, report, stated


def lines(**more):
    """Sixteen good lines, the sixth with something else in it."""
    return [line(i, **(more if i == 5 else {})) for i in range(16)]


def read(folder, all_lines):
    return own.read(write_lines(folder / "lines.jsonl", all_lines), None, folder / "data")


@pytest.mark.parametrize("more, said", [
    ({"findings": {"cardiomegalie": True}}, "there is no finding 'cardiomegalie'; the catalogue has abnormality, cardiomegaly, effusion"),
    ({"findings": {"cardiomegaly": "yes"}}, "findings must be an object"),
    ({"findings": {"glioma": True}}, "glioma is a finding of brain-mr, the image is XR of Chest"),
    ({"image": "none.png"}, "image none.png: there is no such file"),
    ({"image": "../secret.png"}, "leaves the folder"),
    ({"image": "/etc/hostname"}, "leaves the folder"),
    ({"image": "4.png"}, "its image is already on line 5"),
    ({"group": None}, "group is no text"),
    ({"group": ""}, "group is no text"),
    ({"group": "patient 4"}, "its group is in dev on line 5 and in train here"),
    ({"split": "test"}, "split must be train or dev"),
    ({"modality": "PT"}, "modality must be one of XR, CT, MR, US, here it is PT"),
    ({"body_part": None}, "body_part must be one of Chest, .* here it is not stated"),
    ({"finding": {}}, "unknown key 'finding'; there are age, body_part"),
    ({"qa": [{"question": "What?"}]}, "answer is missing"),
    ({"qa": ["What?"]}, "qa must be a list of objects"),
    ({"boxes": [{"finding": "mass", "xywh_relative": [10, 20, 30, 40]}]}, "as shares of the image"),
    ({"boxes": [{"finding": "cardiomegaly", "xywh_relative": [0, 0, 1, 1]}], "findings": {"cardiomegaly": False}}, "has a box, but findings says"),
    ({"age": "old"}, "age must be whole years"),
    ({"sex": "X"}, "sex must be M, F or O"),
])
def test_a_mistake_is_told_with_its_line(folder, more, said):
    (folder.parent / "secret.png").write_bytes(b"")
    with pytest.raises(SystemExit, match=f"lines.jsonl, line 6: .*{said}"):
        read(folder, lines(**more))


def test_a_link_out_of_the_folder_is_no_way_out(folder):
    (folder / "link.png").symlink_to("/etc/hostname")
    with pytest.raises(SystemExit, match="line 6: image link.png leaves the folder"):
        read(folder, lines(image="link.png"))


@pytest.mark.parametrize("bad, said", [("{\"image\": ", "no valid JSON"), ("[]", "a line must be a JSON object")])
def test_a_line_that_is_no_object_is_told(folder, bad, said):
    with pytest.raises(SystemExit, match=f"line 17: {said}"):
        read(folder, [*lines(), bad])


def test_all_mistakes_are_told_at_once(folder):
    with pytest.raises(SystemExit) as told:
        read(folder, [{**line(i), "sex": "X"} for i in range(16)] + ["{"] * 10)
    assert str(told.value).count("lines.jsonl, line ") == own.SHOWN and str(told.value).endswith("and 6 more mistakes")


def test_a_file_that_is_no_image_is_told(folder):
    (folder / "5.png").write_text("text")
    with pytest.raises(SystemExit, match="line 6: image 5.png can't be read: "):
        read(folder, lines())


def test_the_same_picture_in_two_groups_is_told(folder):
    (folder / "5.png").write_bytes((folder / "4.png").read_bytes())
    with pytest.raises(SystemExit, match="line 6: it is the same picture as on line 5, but of another group"):
        read(folder, lines())


@pytest.mark.parametrize("split, said", [("train", "no images in dev"), ("dev", "no images in train")])
def test_both_parts_need_images(folder, split, said):
    with pytest.raises(SystemExit, match=said):
        read(folder, [{**line(i), "split": split} for i in range(16)])


def test_too_few_images_are_refused(folder):
    with pytest.raises(SystemExit, match="3 images in train, at least 8"):
        read(folder, [line(i) for i in range(5)])


def test_without_a_split_a_group_falls_to_one_part_whole_and_always_the_same(folder):
    part = {own.split_of(f"patient {i}") for i in range(200)}
    assert part == {"train", "dev"} and 20 < sum(own.split_of(f"patient {i}") == "dev" for i in range(200)) < 60
    entries = [{**line(i), "split": None, "group": f"p{i // 2}"} for i in range(16)]
    entries[0]["split"], entries[2]["split"], entries[4]["split"] = "dev", "train", "train"
    records = read(folder, entries)
    assert [r["split"] for r in records[:6]] == ["dev", "dev", "train", "train", "train", "train"]


def test_dicom_says_what_the_line_does_not(folder):
    write(folder / "5.dcm", np.random.default_rng(1).integers(0, 4000, (1, 40, 30)).astype(np.uint16), BitsStored=12)
    records = read(folder, [{**line(i), **({"image": "5.dcm", "modality": None, "body_part": None, "view": "AP"} if i == 5 else {})} for i in range(16)])
    assert (records[5]["modality"], records[5]["body_part"], records[5]["view"]) == ("XR", "Chest", "AP")
    assert Image.open(folder / "data" / records[5]["image"]).size == (30, 40)


def test_sixteen_bits_are_scaled_not_cut_off(folder):
    Image.fromarray(np.linspace(0, 60000, 10000).reshape(100, 100).astype(np.uint16)).save(folder / "5.png")
    records = read(folder, lines())
    kept = np.asarray(Image.open(folder / "data" / records[5]["image"]))
    assert kept.min() == 0 and kept.max() == 255 and 110 < kept.mean() < 145


def test_the_copy_names_no_patient(folder):
    read(folder, lines())
    assert "patient" not in (folder / "data/records.jsonl").read_text()


def test_only_what_is_stated_is_taught(folder):
    records = read(folder, lines(findings={"cardiomegaly": True, "effusion": False, "abnormality": True}, age=60,
                                 boxes=[{"finding": "cardiomegaly", "xywh_relative": [0.3, 0.5, 0.4, 0.3]}]))
    record = records[5]
    t = targets(record)
    assert (t[INDEX["nih:Cardiomegaly"]], t[INDEX["nih:Effusion"]], t[INDEX["nih:No Finding"]], t[INDEX["child"]]) == (1, 0, 0, 0)
    assert np.isnan(t[INDEX["nih:Mass"]]) and np.isnan(t[INDEX["brain:glioma"]])
    assert (stated(record, "effusion"), stated(record, "mass")) == (False, None)
    assert boxes(record) == [(INDEX["nih:Cardiomegaly"], 0.3, 0.5, 0.4, 0.3)]
    said = report(record, np.random.default_rng(0))
    assert said == "Radiograph of the chest. The chest radiograph is abnormal. The heart is enlarged. There is no pleural effusion."
    asked = [q for k in range(20) for q in questions(record, np.random.default_rng(k), balance(records))]
    assert (REPORT, said) in asked and not any("mass" in q.lower() and a in ("yes", "no") for q, a in asked)


def test_their_own_report_is_taught_and_none_is_made_up(folder):
    records = read(folder, lines(report="Large heart.  No effusion.", findings={}))
    assert report(records[5], np.random.default_rng(0)) == "Large heart. No effusion."
    del records[5]["report"]
    assert not described(records[5])


def test_the_records_can_be_read_as_training_data(folder):
    from overread_training.records import load
    read(folder, lines())
    again = load(folder / "data", made=8)
    assert len(again) == 24 and json.dumps(again[0]) and drawn(0, 0).size == Image.open(folder / "data" / again[0]["image"]).size
