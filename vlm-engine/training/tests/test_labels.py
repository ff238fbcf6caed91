import pytest

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
