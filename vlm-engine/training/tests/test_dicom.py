import numpy as np
import pytest
from dicom_files import write

from overread_training import dicom

RAMP = np.arange(64, dtype=np.int16).reshape(1, 8, 8)


def test_the_window_is_applied_to_the_modalitys_values(tmp_path):
    path = write(tmp_path / "a.dcm", RAMP, Modality="CT", RescaleSlope=2, RescaleIntercept=-10, WindowCenter=20, WindowWidth=41)
    image, said = dicom.read(path)
    values = RAMP[0] * 2.0 - 10
    np.testing.assert_allclose(image, np.clip(((values - 19.5) / 40 + 0.5) * 255, 0, 255), atol=1)  # PS3.3 C.11.2.1.2.1
    assert said == {"modality": "CT", "body_part": "CHEST", "view": "PA"}


def test_monochrome1_is_turned_and_only_the_first_frame_is_read(tmp_path):
    two = np.concatenate([RAMP, RAMP * 0]).astype(np.uint8)
    image, _ = dicom.read(write(tmp_path / "a.dcm", two, PhotometricInterpretation="MONOCHROME1"))
    np.testing.assert_array_equal(image, 255 - two[0])


def test_without_a_window_a_marker_does_not_darken_the_rest(tmp_path):
    values = np.full((1, 100, 100), 500, np.uint16)
    values[0, :50] = 100
    values[0, 0, :10] = 4000
    image, _ = dicom.read(write(tmp_path / "a.dcm", values, BitsStored=12))
    assert image[20, 0] == 0 and image[80, 0] == 255


def test_a_voi_lut_goes_before_a_window(tmp_path):
    from pydicom.dataset import Dataset
    table = Dataset()
    table.LUTDescriptor, table.LUTData = [64, 0, 8], [255 - i for i in range(64)]
    table["LUTDescriptor"].VR = table["LUTData"].VR = "US"
    image, _ = dicom.read(write(tmp_path / "a.dcm", RAMP.astype(np.uint16), VOILUTSequence=[table], WindowCenter=1, WindowWidth=1))
    np.testing.assert_array_equal(image, 255 - RAMP[0])


def test_the_plane_of_a_slice_follows_from_its_orientation(tmp_path):
    path = write(tmp_path / "a.dcm", RAMP, Modality="MR", BodyPartExamined="BRAIN", ViewPosition="", ImageOrientationPatient=[1, 0, 0, 0, 0, -1])
    assert dicom.read(path)[1]["view"] == "coronal"


def test_what_cannot_be_read_says_why(tmp_path):
    (tmp_path / "a.dcm").write_bytes(b"no DICOM at all")
    with pytest.raises(dicom.Unreadable, match="InvalidDicomError"):
        dicom.read(tmp_path / "a.dcm")
    whole = write(tmp_path / "b.dcm", RAMP).read_bytes()
    (tmp_path / "b.dcm").write_bytes(whole[:-50])
    with pytest.raises(dicom.Unreadable):
        dicom.read(tmp_path / "b.dcm")
