"""A user's own images: one JSON Lines file beside a folder, checked line by line, as records in the layout of the training data."""
import hashlib
import json
from pathlib import Path

import numpy as np
from PIL import Image

from . import dicom
from .labels import MODALITIES, OWN, PARTS
from .questions import FINDINGS, SHOWS

KEYS = {"id", "image", "modality", "body_part", "view", "group", "split", "findings", "report", "qa", "boxes", "age", "sex"}
# Body Part Examined (0018,0015) and common words for the regions that the model knows; what is missing must be said in the line.
REGIONS = {**{p.upper(): p for p in PARTS}, "THORAX": "Chest", "BRAIN": "Head", "SKULL": "Head",
           **dict.fromkeys(["HAND", "WRIST", "ELBOW", "SHOULDER", "ARM", "HUMERUS", "FOOT", "ANKLE", "KNEE", "HIP", "LEG", "FEMUR", "EXTREMITY",
                            "SPINE", "CSPINE", "TSPINE", "LSPINE"], "Musculoskeletal")}
LEAST = {"train": 8, "dev": 2}
SIDE = 1024  # longest side that is kept: the model sees far fewer pixels
SHOWN = 20  # mistakes in one message


class Mistake(Exception):
    """What is wrong with one line."""


def split_of(group):
    """A fifth of the groups is dev, the same ones on every run."""
    return "dev" if int(hashlib.sha256(group.encode()).hexdigest(), 16) % 5 == 0 else "train"


def text(line, key, needed=False):
    value = line.get(key)
    if value is None and not needed:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise Mistake(f"{key} {'is missing' if key not in line else 'is no text'}")
    return value.strip()


def finding_id(name):
    if name not in FINDINGS:
        raise Mistake(f"there is no finding {name!r}; the catalogue has {', '.join(FINDINGS)}")
    return name


def findings(line):
    said = line.get("findings") or {}
    if not isinstance(said, dict) or not all(isinstance(v, bool) for v in said.values()):
        raise Mistake("findings must be an object of finding ids with true or false")
    return {finding_id(f): v for f, v in said.items()}


def answers(line):
    said = line.get("qa") or []
    if not isinstance(said, list) or not all(isinstance(q, dict) for q in said):
        raise Mistake("qa must be a list of objects with question and answer")
    for q in said:
        odd = set(q) - {"question", "answer", "type"}
        if odd:
            raise Mistake(f"qa: unknown key {sorted(odd)[0]!r}")
    return [{"question": text(q, "question", True), "answer": text(q, "answer", True), "type": text(q, "type") or ""} for q in said]


def outlines(line, said):
    """The boxes; a finding that is outlined is there."""
    out = []
    for box in line.get("boxes") or []:
        if not isinstance(box, dict) or set(box) != {"finding", "xywh_relative"}:
            raise Mistake("a box needs finding and xywh_relative, and nothing else")
        name, at = finding_id(box["finding"]), box["xywh_relative"]
        if name == "abnormality":
            raise Mistake("a box needs a finding with a place of its own, abnormality has none")
        if not (isinstance(at, list) and len(at) == 4 and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in at)
                and at[2] > 0 and at[3] > 0 and min(at) >= 0 and at[0] + at[2] <= 1.001 and at[1] + at[3] <= 1.001):
            raise Mistake(f"xywh_relative must be x, y, width and height as shares of the image, from 0 to 1: {at}")
        if said.setdefault(name, True) is False:
            raise Mistake(f"{name} has a box, but findings says that it is not there")
        out.append({"finding": name, "label": name, "xywh_relative": at})
    return out


def place(root, name):
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise Mistake(f"image {name} leaves the folder {root}")
    if not path.is_file():
        raise Mistake(f"image {name}: there is no such file in {root}")
    return path


def picture(path):
    """(gray bytes, what a DICOM header says)."""
    try:
        if dicom.is_dicom(path):
            return dicom.read(path)
        with Image.open(path) as image:
            if image.mode[0] in "IF":  # more than 8 bits, which Pillow would cut off rather than scale
                return dicom.window_of_data(np.asarray(image, np.float64)), {}
            return np.asarray(image.convert("L")), {}
    except dicom.Unreadable as e:
        raise Mistake(f"image {path.name} can't be read as DICOM: {e}") from e
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as e:
        raise Mistake(f"image {path.name} can't be read: {e}") from e


def what_it_shows(line, header):
    """Modality, body part and view: the line's word, else the header's, in the words that the model knows."""
    modality, part, view = (text(line, k) or header.get(k) for k in ("modality", "body_part", "view"))
    known = dicom.MODALITY.get((modality or "").upper())
    if known is None:
        raise Mistake(f"modality must be one of {', '.join(MODALITIES)}, here it is {modality or 'not stated'}")
    region = REGIONS.get((part or "").upper())
    if region in ("Chest", "Lung"):  # ultrasound of the chest is of the lung, a radiograph or CT of the lung is of the chest
        region = "Lung" if known == "US" else "Chest"
    if region is None:
        raise Mistake(f"body_part must be one of {', '.join(PARTS)}, here it is {part or 'not stated'}")
    return known, region, view


def record_of(line, number, root):
    """One line as a record, with its pixels."""
    odd = set(line) - KEYS
    if odd:
        raise Mistake(f"unknown key {sorted(odd)[0]!r}; there are {', '.join(sorted(KEYS))}")
    name, group = text(line, "image", True), text(line, "group", True)
    if line.get("split") not in (None, "train", "dev"):
        raise Mistake(f"split must be train or dev, or left out: {line['split']}")
    said = findings(line)
    boxes, path = outlines(line, said), place(root, name)
    pixels, header = picture(path)
    modality, part, view = what_it_shows(line, header)
    for finding in said:
        shown = SHOWS.get(FINDINGS[finding]["catalogue"], (modality, part))
        if finding != "abnormality" and (shown[0] != modality or shown[1] not in (None, part)):
            raise Mistake(f"{finding} is a finding of {FINDINGS[finding]['catalogue']}, the image is {modality} of {part}")
    out = {"id": text(line, "id") or f"line-{number}", "source": OWN, "modality": modality, "body_part": part, "view": view,
           "split": line.get("split"), "group": hashlib.sha256(group.encode()).hexdigest()[:16], "labels": [], "findings": said,
           "qa": answers(line), "boxes": boxes, "path": path}
    age, sex, report = text(line, "age"), text(line, "sex"), text(line, "report")
    if age is not None:
        if not age.isdigit() or int(age) > 130:
            raise Mistake(f"age must be whole years: {age}")
        out["age"] = int(age)
    if sex is not None:
        if sex.upper() not in ("M", "F", "O"):
            raise Mistake(f"sex must be M, F or O: {sex}")
        out["sex"] = sex.upper()
    if report is not None:
        out["report"] = report
    return out, pixels


def divide(records, numbers):
    """Every group to one part; what is wrong with that, as (line, words)."""
    wrong, stated = [], {}
    for r, n in zip(records, numbers):
        if r["split"]:
            part, first = stated.setdefault(r["group"], (r["split"], n))
            if part != r["split"]:
                wrong.append((n, f"its group is in {part} on line {first} and in {r['split']} here: a group must never cross the split"))
    for r in records:
        r["split"] = stated[r["group"]][0] if r["group"] in stated else split_of(r["group"])
    return wrong


def keep(pixels, target):
    image = Image.fromarray(pixels)
    image.thumbnail((SIDE, SIDE), Image.BILINEAR)
    image.save(target)


def read(file, root, target):
    """Checks the whole file, writes gray images and records.jsonl to target, and gives the records; one message tells of all mistakes."""
    file, target = Path(file), Path(target)
    root = Path(root) if root else file.parent
    if not file.is_file():
        raise SystemExit(f"{file}: there is no such file")
    (target / "images").mkdir(parents=True, exist_ok=True)
    records, numbers, wrong, seen = [], [], [], {}
    for number, raw in enumerate(file.read_bytes().split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
            if not isinstance(line, dict):
                raise Mistake("a line must be a JSON object")
            record, pixels = record_of(line, number, root)
            for what, key in (("image", record.pop("path")), ("id", record["id"])):
                if seen.setdefault((what, key), number) != number:
                    raise Mistake(f"its {what} is already on line {seen[what, key]}")
            # the same picture under two names must not be learnt and then measured
            group, first = seen.setdefault(hashlib.sha256(pixels.tobytes()).digest(), (record["group"], number))
            if group != record["group"]:
                raise Mistake(f"it is the same picture as on line {first}, but of another group")
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as e:
            wrong.append((number, f"no valid JSON in UTF-8: {e}"))
        except Mistake as e:
            wrong.append((number, str(e)))
        else:
            record["image"] = f"images/{number:06d}.png"
            keep(pixels, target / record["image"])
            records.append(record)
            numbers.append(number)
    wrong += divide(records, numbers)
    if wrong:
        shown = [f"{file}, line {n}: {what}" for n, what in sorted(wrong)[:SHOWN]]
        more = [f"and {len(wrong) - SHOWN} more mistakes"] if len(wrong) > SHOWN else []
        raise SystemExit("\n".join(shown + more))
    for part, least in LEAST.items():
        count = sum(r["split"] == part for r in records)
        if count < least:
            raise SystemExit(f"{file}: {count or 'no'} images in {part}, at least {least} are needed"
                             + ("; a fifth of the groups falls to dev, or name the split in the lines" if part == "dev" else ""))
    (target / "records.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
    return records
