"""The figures of the model card: overread evaluate in the Java engine, with PyTorch's answers beside it, its tables written into the card."""
import json
import subprocess
from pathlib import Path

from . import export

JAR = Path(__file__).parents[3] / "service/target/overread.jar"
MEASURED = "<!-- measured -->", "<!-- /measured -->"


def between(text, marks, new):
    """The text with what stands between the two marks replaced."""
    start, end = (text.index(m) for m in marks)
    return text[:start + len(marks[0])] + "\n" + new.strip() + "\n" + text[end:]


def evaluate(data, work, model, java):
    """Runs the engine and returns its tables; figures and every answer stay in the work folder."""
    reference = Path(work) / "reference.jsonl"
    command = [java, "-jar", str(JAR), "evaluate", "--data", str(data), "--model", str(model), "--json", str(Path(work) / "figures.json"),
               "--predictions", str(Path(work) / "predictions.jsonl"), *(["--reference", str(reference)] if reference.exists() else [])]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def into_card(model, tables):
    """The card is one of the files whose digests overread.json names: that is written anew with it."""
    path = Path(model) / "MODEL_CARD.md"
    path.write_text(between(path.read_text(), MEASURED, tables))
    manifest = json.loads((Path(model) / "overread.json").read_text())
    export.manifest(Path(model), manifest["calibration"], manifest["trained"])
