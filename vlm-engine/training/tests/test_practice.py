import numpy as np

from overread_training.labels import INDEX, LABELS, OWN, targets
from overread_training.practice import CENTRE, SURE, Practice


def record(i, labels, split="train"):
    return {"id": str(i), "source": "busi", "modality": "US", "body_part": "Breast", "view": None, "split": split, "group": str(i), "labels": labels}


def test_the_drawn_labels_say_what_the_record_states_and_the_rest_is_the_other_images():
    rng, other = np.random.default_rng(1), np.full(len(LABELS), 7.0, np.float32)
    drawn = np.stack([Practice.logits(record(0, ["malignant"]), other, rng) for _ in range(2000)])
    for name, centre in (("breast:malignant", CENTRE), ("breast:lesion", CENTRE), ("modality:US", SURE), ("modality:CT", -SURE)):
        assert abs(drawn[:, INDEX[name]].mean() - centre) < 0.15, name
    unstated = np.isnan(targets(record(0, ["malignant"])))
    assert unstated.any() and (drawn[:, unstated] == 7.0).all()


def test_only_training_images_are_practised_and_no_own_report_is_read_from_labels():
    records = [record(0, ["normal"]), record(1, ["benign"], "dev"),
               {**record(2, []), "source": OWN, "findings": {"breast-lesion": True}, "report": "A lesion at three o'clock.", "qa": []}]
    practice, rng = Practice(records), np.random.default_rng(2)
    assert {practice.draw(rng)["id"] for _ in range(50)} == {"0"}


def test_nothing_to_practise_on_is_no_mistake():
    assert not Practice([record(0, ["normal"], "dev")]).shares
