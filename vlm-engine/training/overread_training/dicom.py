"""A DICOM file as the service shows it to the model: first frame, modality and VOI transformation, black is black, 8 bits."""
import numpy as np

# What Modality (0008,0060) says of an image, in the words of the records.
MODALITY = {"CR": "XR", "DX": "XR", "DR": "XR", "RG": "XR", "XR": "XR", "CT": "CT", "MR": "MR", "US": "US"}
TAIL = 0.5  # percent of the pixels at either end that a window made from the data leaves out


class Unreadable(Exception):
    """The file can't be made an image; the message says why."""


def is_dicom(path):
    with open(path, "rb") as file:
        return file.read(132)[128:] == b"DICM" or path.suffix.lower() == ".dcm"


def spread(values, low, high):
    return np.clip((values - low) / max(high - low, 1e-6) * 255, 0, 255).astype(np.uint8)


def window_of_data(values):
    """The service's window for more than 8 bits without one: from the 0.5th to the 99.5th percentile, so that a marker doesn't darken the rest."""
    low, high = np.percentile(values, [TAIL, 100 - TAIL])
    return spread(values, low, high) if low < high else spread(values, values.min(), values.max())


def gray(header, pixels):
    from pydicom.pixels import apply_modality_lut, apply_voi, apply_windowing
    values = np.asarray(apply_modality_lut(pixels, header), np.float64)
    if "VOILUTSequence" in header:
        table = header.VOILUTSequence[0]
        shown = spread(apply_voi(values.astype(np.int64), header), 0, 2 ** int(table.LUTDescriptor[2]) - 1)
    elif header.get("WindowCenter") is not None and header.get("WindowWidth") is not None:
        # pydicom spreads the window over all values that can be stored; two values far outside say which those are
        low, high = apply_windowing(np.array([-1e12, 1e12]), header)
        shown = spread(apply_windowing(values, header), low, high)
    elif header.BitsStored <= 8:
        ends = apply_modality_lut(np.array([0, 2 ** header.BitsStored - 1]) - (2 ** (header.BitsStored - 1) if header.PixelRepresentation else 0), header)
        shown = spread(values, min(ends), max(ends))
    else:
        shown = window_of_data(values)
    return 255 - shown if header.PhotometricInterpretation == "MONOCHROME1" else shown


def colour(header, pixels):
    from PIL import Image
    from pydicom.pixels import apply_color_lut
    if header.PhotometricInterpretation == "PALETTE COLOR":
        pixels = apply_color_lut(pixels, header)
        bits = int(header.RedPaletteColorLookupTableDescriptor[2])
    else:
        bits = header.BitsStored
    return np.asarray(Image.fromarray(spread(np.asarray(pixels, np.float64), 0, 2 ** bits - 1)).convert("L"))


def read(path):
    """(gray bytes [H,W], what the header says: modality, body_part, view). Nothing about the patient is read."""
    import pydicom
    from pydicom.pixels import pixel_array
    try:
        header = pydicom.dcmread(path)
        if "PixelData" not in header:
            raise Unreadable("it holds no image")
        pixels = pixel_array(header, index=0)
        image = colour(header, pixels) if pixels.ndim == 3 or header.PhotometricInterpretation == "PALETTE COLOR" else gray(header, pixels)
    except Unreadable:
        raise
    except Exception as e:  # pydicom and its decoders raise a dozen kinds
        raise Unreadable(f"{type(e).__name__}: {' '.join(str(e).split())[:300]}") from e
    said = {"modality": MODALITY.get(str(header.get("Modality", ""))), "body_part": str(header.get("BodyPartExamined", "") or "") or None,
            "view": str(header.get("ViewPosition", "") or "") or plane(header)}
    return image, {k: v for k, v in said.items() if v}


def plane(header):
    """axial, sagittal or coronal by the direction that the slice's normal has most of (PS3.3 C.7.6.2)."""
    at = header.get("ImageOrientationPatient")
    if at is None or len(at) != 6 or header.get("Modality") not in ("CT", "MR"):
        return None
    normal = np.abs(np.cross([float(v) for v in at[:3]], [float(v) for v in at[3:]]))
    return ("sagittal", "coronal", "axial")[int(normal.argmax())]
