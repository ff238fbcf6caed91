import pytest

from overread_training import labels
from overread_training.labels import chest


@pytest.mark.parametrize("question, answer, told", [
    ("Is the heart enlarged?", "No", {"nih:Cardiomegaly": False}),
    ("Is the cardiac silhouette less than half the diameter of the chest wall?", "yes", {"nih:Cardiomegaly": False}),
    ("Is the heart size normal?", "no", {"nih:Cardiomegaly": True}),
    ("Is there a pleural effusion?", "yes", {"nih:Effusion": True}),
    ("Are the costophrenic angles preserved?", "Yes", {"nih:Effusion": False}),
    ("Is the costophrenic angle blunted?", "Yes", {"nih:Effusion": True}),
    ("Is a pneuomothorax present?", "No", {"nih:Pneumothorax": False}),
    ("Is the image normal?", "No", {"nih:No Finding": False}),
    ("Is anything wrong in this image?", "Yes", {"nih:No Finding": False}),
    ("Is this an AP or PA film?", "AP", {"view:AP": True}),
    ("Can you diagnose a pericardial effusion from this image?", "No", {}),
    ("Is the trachea midline?", "yes", {}),
    ("Is there a nodule or a mass?", "yes", {}),
    ("Where is the pleural effusion?", "on the left", {}),
])
def test_an_answer_settles_a_label_or_nothing(question, answer, told):
    assert chest(question, answer) == told


def test_a_question_of_the_question_sets_is_settled_by_the_label_that_its_answer_names():
    def label(question, answer, kind, modality="MR"):
        told = labels.settled({"modality": modality}, {"question": question, "answer": answer, "type": kind})
        return told and (labels.LABELS[told[0]], told[1])

    assert label("What plane is this?", "Coronal", "PLANE/OPEN") == ("plane:coronal", True)
    assert label("What organ system is shown?", "genitourinary", "ORGAN/OPEN") == ("organ:genitourinary", True)
    assert label("Is this a T2 weighted image?", "no", "MODALITY/CLOSED") == ("technique:T2", False)
    assert label("What is the weighting?", "T1", "MODALITY/OPEN") == ("technique:T1", True)
    assert label("Is this a noncontrast CT?", "yes", "MODALITY/CLOSED", "CT") == ("technique:contrast", False)
    assert label("Was this taken without motion artifact?", "yes", "MODALITY/CLOSED") is None
    assert label("Is this a CT?", "yes", "MODALITY/CLOSED", "CT") is None
    assert label("What is wrong?", "fracture", "ABN/OPEN") is None
