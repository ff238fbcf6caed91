import numpy as np
import pytest
import torch

from overread_training import decoder as d
from overread_training import reading
from overread_training import tokenizer as tok
from overread_training.labels import INDEX
from overread_training.questions import balance
from tokenizers import Tokenizer


def record(source, labels, modality="XR", part="Chest"):
    return {"id": "1", "source": source, "modality": modality, "body_part": part, "view": None, "split": "train", "group": "1", "labels": labels}


@pytest.mark.parametrize("source, finding, label", [
    ("nih-chestxray14", "abnormality", ("nih:No Finding", False)), ("kermany-cxr", "abnormality", ("child:pneumonia", True)),
    ("busi", "abnormality", ("breast:lesion", True)), ("nih-chestxray14", "pneumonia", ("nih:Pneumonia", True)),
    ("kermany-cxr", "pneumonia", ("child:pneumonia", True)), ("figshare-brain-tumor", "glioma", ("brain:glioma", True)),
])
def test_a_question_is_answered_by_one_label(source, finding, label):
    assert reading.answering(record(source, []), finding) == (INDEX[label[0]], label[1])


def test_no_label_says_that_a_brain_is_abnormal():
    assert reading.answering(record("figshare-brain-tumor", ["glioma"], "MR", "Head"), "abnormality") is None


def test_yes_and_the_label_agree_as_the_question_is_worded():
    rng = np.random.default_rng(3)
    for _ in range(40):
        for question, answer, label, same in reading.asked(record("kermany-cxr", ["PNEUMONIA", "virus"]), rng):
            truth = label == INDEX["child:pneumonia"]  # the pneumonia is there, and not bacterial
            assert (answer == "yes") == (truth == same), question


def test_the_look_is_taught_where_the_answer_is_foretold(base):
    tokenizer = Tokenizer.from_file(str(base[0] / "tokenizer.json"))
    records = [record("kermany-cxr", ["NORMAL"]), record("kermany-cxr", ["PNEUMONIA", "bacteria"])]
    (ids, target, *_), looks = reading.packed(records[1], balance(records), tokenizer, np.random.default_rng(1))
    words = {tokenizer.encode(w).ids[0] for w in ("yes", "no")}
    assert looks and all(ids[at] == tok.ASSISTANT and target[at] for at, _, _ in looks)
    assert all(target[at] in words for at, _, same in looks if same is not None)


def test_a_label_that_is_the_answer_is_looked_at():
    shown = record("vqa-med-2019", [], "MR", "Head")
    for question, answer, label in (("what plane is this?", "axial", "plane:axial"), ("What imaging modality is this?", "MRI", "modality:MR"),
                                    ("Which part of the body is shown?", "head", "part:Head"), ("what organ system is shown?", "spine and contents", "organ:spine and contents"),
                                    ("What kind of tumor is shown?", "glioma", "brain:glioma")):
        assert reading.naming(question, answer, shown) == INDEX[label]
    assert reading.naming("what is the abnormality?", "abscess", shown) is None


def test_nothing_is_left_to_learn_when_every_head_looks_where_it_should():
    looks = [[(2, 5, True), (3, 7, False), (1, 9, None)]]
    attention = torch.full((1, d.HEADS, 4, 80), -20.0)
    half = d.HEADS // 2
    attention[0, :half, 2, d.LEAD + 5] = attention[0, half:, 2, 0] = 0.0
    attention[0, :, 1, d.LEAD + 9] = 0.0  # a name: every head
    attention[0, half:, 3, d.LEAD + 7] = attention[0, :half, 3, 0] = 0.0
    assert reading.look_loss(attention, looks) == 0
    assert float(reading.look_loss(attention.flip(1), looks)) == pytest.approx(40 / 3)
