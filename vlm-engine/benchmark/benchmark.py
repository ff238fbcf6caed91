"""One command, one run: the same weights, images and prompts under Overread, PyTorch and Python's ONNX Runtime, round by round in turn.

    python vlm-engine/benchmark/benchmark.py [--rounds 5] [--threads 2] [--images DIR] [--peers overread,torch,onnxruntime]
    python vlm-engine/benchmark/benchmark.py --subject genai [--peers overread,onnxruntime-genai,transformers]
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import genai_subject

HERE = Path(__file__).resolve().parent
ENGINE = HERE.parent
PEERS = ["overread", "torch", "onnxruntime"]
QUESTION = "Is there a pleural effusion?"
SUBJECTS = ["a pneumothorax", "a pleural effusion", "a consolidation", "cardiomegaly", "an infiltrate", "a nodule", "a mass", "atelectasis", "edema", "emphysema",
            "fibrosis", "pleural thickening", "a hernia", "pneumonia", "a fracture", "a foreign body", "an enlarged aorta", "a lung abnormality", "a tumor", "a cyst"]
BATTERY = [f"Is there {subject}?" for subject in SUBJECTS]
ROWS = [("encode", "image to prefix, ms"), ("first", "question to first token, ms"), ("one", "one question scored, ms"), ("battery", "20 questions scored, ms"),
        ("report", "report of 120 tokens, ms"), ("rate", "tokens/s, 1 request"), ("study", "study: image, 20 findings, 120 tokens, ms"),
        ("first8", "8 at once: mean to first token, ms"), ("rate8", "8 at once: tokens/s"), ("natural", "reports as they end by themselves, ms each"),
        ("memory", "peak memory, MB")]
HIGHER = {"rate", "rate8"}


def endless(source, target):
    """The model with a stop token that it never writes, so that everybody writes 120 tokens; its digests are written anew."""
    shutil.copytree(source, target)
    for name, change in (("generation_config.json", lambda j: j.update(eos_token_id=0)), ("config.json", lambda j: j["text_config"].update(eos_token_id=0))):
        path = target / name
        value = json.loads(path.read_text())
        change(value)
        path.write_text(json.dumps(value))
    manifest = json.loads((target / "overread.json").read_text())
    manifest["files"] = {name: hashlib.sha256((target / name).read_bytes()).hexdigest() for name in manifest["files"]}
    (target / "overread.json").write_text(json.dumps(manifest))


def drawn(folder, count=8):
    """A radiograph's size and nobody's chest, if no images are given."""
    import numpy as np
    from PIL import Image
    folder.mkdir()
    y, x = np.mgrid[0:1250, 0:1024]
    for i in range(count):
        rng = np.random.default_rng(i)
        value = 120 + 60 * np.sin(x / (60 + 9 * i)) * np.cos(y / (80 - 4 * i)) + rng.normal(0, 12, x.shape)
        Image.fromarray(np.clip(value, 0, 255).astype(np.uint8)).save(folder / f"{i}.png")
    return sorted(folder.glob("*.png"))


class Peer:
    """A process that measures itself: a line with a task in, a line of JSON out."""

    def __init__(self, name, arguments, model, work):
        if name == "overread":
            command = ["java", "-Xms32m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", arguments.classpath,
                       "io.overread.vlm.measure.BenchmarkPeer"]
        else:
            command = [sys.executable, str(HERE / ("genai_subject.py" if arguments.subject == "genai" else "peers.py")), name]
        self.name, self.log = name, open(work / f"{name}.log", "w")
        self.process = subprocess.Popen([*command, str(model), str(arguments.threads), str(arguments.model)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=self.log, text=True, cwd=work,
                                        env={**os.environ, "OMP_NUM_THREADS": str(arguments.threads), "MALLOC_ARENA_MAX": "2"})

    def do(self, task):
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        raise SystemExit(f"{self.name} ended, see {self.log.name}:\n" + Path(self.log.name).read_text()[-2000:])

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def classpath():
    found = subprocess.check_output(["mvn", "-B", "-q", "-pl", "vlm-engine", "compile", "exec:exec", "-Dexec.executable=echo", "-Dexec.args=%classpath"],
                                    cwd=ENGINE.parent, text=True)
    return next(re.sub(r"\x1b\[[0-9;]*m", "", line) for line in reversed(found.splitlines()) if ".jar" in line)


def table(peers, results):
    first = peers[0]
    print(f"| {'median of the rounds':44} | " + " | ".join(f"{name:>12}" for name in peers) + " | " + " | ".join(f"{first} to {n}" for n in peers[1:]) + " |")
    print("| " + "-" * 44 + " | " + " | ".join("-" * 12 for _ in peers) + " | " + " | ".join("-" * (len(first) + 4 + len(n)) for n in peers[1:]) + " |")
    for key, title in ROWS:
        values = {name: [r[key] for r in results[name] if key in r] for name in peers}
        if not values[first]:
            continue
        cells = [f"{statistics.median(values[name]):12.1f}" if values[name] else f"{'-':>12}" for name in peers]
        ratios = []
        for name in peers[1:]:
            pairs = [(a / b if key in HIGHER else b / a) for a, b in zip(values[first], values[name])]
            ratios.append(f"{statistics.median(pairs):.2f}".rjust(len(first) + 4 + len(name)) if pairs else "-".rjust(len(first) + 4 + len(name)))
        print(f"| {title:44} | " + " | ".join(cells) + " | " + " | ".join(ratios) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=ENGINE / "models/overread-mini")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--images", type=Path, help="radiographs, for reports that say something; drawn ones otherwise")
    parser.add_argument("--subject", choices=["mini", "genai"], default="mini", help="genai: a Gemma 3 of random weights, made on the spot")
    parser.add_argument("--peers")
    parser.add_argument("--classpath", help="of the compiled engine; Maven is asked otherwise")
    parser.add_argument("--json", type=Path, help="write every round's figures here")
    arguments = parser.parse_args()
    arguments.model = arguments.model.resolve()
    arguments.peers = arguments.peers or ",".join(genai_subject.PEERS if arguments.subject == "genai" else PEERS)
    arguments.classpath = arguments.classpath or ("overread" in arguments.peers and classpath())
    names = arguments.peers.split(",")
    with tempfile.TemporaryDirectory(prefix="overread-benchmark") as temporary:
        work = Path(temporary)
        images = sorted(p for p in arguments.images.iterdir() if p.suffix in (".png", ".jpg"))[:400] if arguments.images else drawn(work / "images")
        if arguments.subject == "genai":
            arguments.model = genai_subject.build(work / "endless", arguments.threads)
        else:
            endless(arguments.model, work / "endless")
        peers = [Peer(name, arguments, work / "endless", work) for name in names]
        results = {name: [] for name in names}
        for number in range(arguments.rounds + 1):  # the first warms up and counts for nothing
            eight = [str(images[(number * 8 + i) * 37 % len(images)].resolve()) for i in range(8)]
            task = {"images": eight, "question": QUESTION, "battery": BATTERY, "tokens": 120}
            for peer in peers[number % len(peers):] + peers[:number % len(peers)]:
                results[peer.name].append(peer.do(task))
        said = {name: [r.pop("said") for r in results[name]] for name in names}
        results = {name: rounds[1:] for name, rounds in results.items()}
        if arguments.subject == "genai":  # no report of it ends by itself
            results = {name: [{key: value for key, value in r.items() if key != "natural"} for r in rounds] for name, rounds in results.items()}
        for peer in peers:
            peer.end()
    print(f"{arguments.model.name}, {arguments.threads} threads, {arguments.rounds} rounds in turn, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    table(names, results)
    first = results[names[0]]
    cold = statistics.median((r["encode"] + r["battery"]) / (r["encode"] + r["one"]) for r in first)
    kept = statistics.median(r["battery"] / r["one"] for r in first)
    print(f"{names[0]}: 20 questions cost {cold:.2f} times one question, the image's reading with both; {kept:.2f} times over a kept reading")
    for name in names[1:]:
        same = sum(a == b for a, b in zip(said[names[0]], said[name]))
        print(f"first 20 tokens of the report the same as {name}'s: {same} of {len(said[name])} rounds")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
