"""The engines that Overread is measured against, each in a process of its own: torch, or onnxruntime with a numpy loop."""
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))
from PIL import Image  # noqa: E402

from overread_training.runtime import Model  # noqa: E402


class OnnxRuntime:
    """The shipped graphs, the cache handed from step to step, batches where lengths are equal."""

    def __init__(self, folder, threads):
        import onnxruntime as ort
        self.host = Model(folder, threads)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        for name in ("vision", "embed", "decoder"):
            stem = {"vision": "vision_encoder", "embed": "embed_tokens", "decoder": "decoder_model_merged"}[name]
            file = folder / "onnx" / f"{stem}{self.host.manifest['dtype'][stem]}.onnx"
            setattr(self, name, ort.InferenceSession(str(file), options, providers=["CPUExecutionProvider"]))
        self.names = [f"past_key_values.{i}.{kind}" for i in range(self.host.layers) for kind in ("key", "value")]

    def features(self, pixels):
        return self.vision.run(["image_features"], {"pixel_values": pixels})[0]

    def embedded(self, ids):
        return self.embed.run(None, {"input_ids": np.asarray(ids, np.int64)})[0]

    def nothing(self):
        return [self.host.empty] * len(self.names)

    def step(self, embeds, past):
        rows, tokens = embeds.shape[:2]
        before = past[0].shape[2]
        feed = {"inputs_embeds": embeds, "attention_mask": np.ones((rows, before + tokens), np.int64),
                "position_ids": np.tile(np.arange(before, before + tokens, dtype=np.int64), (rows, 1)), **dict(zip(self.names, past))}
        logits, *present = self.decoder.run(None, feed)
        return logits, present

    def repeated(self, past, rows):
        return [np.repeat(t, rows, 0) for t in past]

    def stacked(self, pasts):
        return [np.concatenate(ts) for ts in zip(*pasts)]


class Torch:
    """The trained modules, their weights taken from the shipped graphs: float32, eager, a growing cache."""

    def __init__(self, folder, threads, original):
        import torch
        from overread_training import decoder as d
        from overread_training.export import pointed
        from overread_training.restore import restore
        torch.set_num_threads(threads)
        torch.set_grad_enabled(False)
        base = restore(original)
        self.torch, self.host = torch, Model(folder, 1)
        self.host.vision = self.host.decoder = self.host.embed = None
        self.see = d.ExportedVision(base.encoder, base.projector, list(pointed().values())).eval()
        self.decoder = base.decoder.eval()

    def features(self, pixels):
        return self.see(self.torch.from_numpy(pixels))[0]

    def embedded(self, ids):
        return self.decoder.embed(self.torch.as_tensor(ids))

    def nothing(self):
        return None

    def step(self, embeds, past):
        torch = self.torch
        tokens = embeds.shape[1]
        before = 0 if past is None else past[0][0].shape[2]
        mask = torch.zeros(1, 1, 1, 1, 1) if tokens == 1 else torch.triu(torch.full((tokens, before + tokens), -1e9), before + 1)[None, None, None]
        h, present = self.decoder.run(embeds, torch.arange(before, before + tokens)[None], mask, past)
        return self.decoder.logits(h), present

    def repeated(self, past, rows):
        return [tuple(t.expand(rows, -1, -1, -1) for t in pair) for pair in past]

    def stacked(self, pasts):
        return [tuple(self.torch.cat(ts) for ts in zip(*pairs)) for pairs in zip(*pasts)]


class Round:
    """What every engine is asked to do, with the same work left out and kept: the prefix up to the image is computed once an image."""

    def __init__(self, engine, task):
        self.engine, self.host, self.task = engine, engine.host, task

    def ids(self, question):
        ids = self.host.prompt(question)
        cut = len(ids) - ids[::-1].index(self.host.image_token)
        return ids[:cut], ids[cut:]

    def encode(self, path):
        features = self.engine.features(self.host.pixel_values(Image.open(path)))
        head, _ = self.ids(self.task["question"])
        embeds = self.engine.embedded([head])
        embeds[0, [i for i, token in enumerate(head) if token == self.host.image_token]] = features[0]
        return self.engine.step(embeds, self.engine.nothing())[1]

    def start(self, prefix, question):
        return self.engine.step(self.engine.embedded([self.ids(question)[1]]), prefix)

    def score(self, prefix, questions):
        rests = [self.ids(q)[1] for q in questions]
        longest = max(map(len, rests))
        padded = [rest + [rest[-1]] * (longest - len(rest)) for rest in rests]
        logits, _ = self.engine.step(self.engine.embedded(padded), self.engine.repeated(prefix, len(rests)))
        return [float(logits[i, len(rest) - 1, self.host.yes] - logits[i, len(rest) - 1, self.host.no]) for i, rest in enumerate(rests)]

    def write(self, logits, past, tokens, stop=None):
        """Greedy, all rows of the batch in step."""
        said = []
        for i in range(tokens):
            best = [int(row[-1].argmax()) for row in logits]
            if stop is not None and best[0] == stop:
                break
            said.append(best)
            if i + 1 < tokens:
                logits, past = self.engine.step(self.engine.embedded([[t] for t in best]), past)
        return said

    def run(self):
        out, report = {}, self.host.manifest["report_prompt"]
        began = time.perf_counter()
        prefix = self.encode(self.task["images"][0])
        out["encode"] = took(began)
        lap = time.perf_counter()
        logits, _ = self.start(prefix, self.task["question"])
        int(logits[0, -1].argmax())
        out["first"] = took(lap)
        lap = time.perf_counter()
        self.score(prefix, self.task["battery"][:1])
        out["one"] = took(lap)
        lap = time.perf_counter()
        self.score(prefix, self.task["battery"])
        out["battery"] = took(lap)
        lap = time.perf_counter()
        said = self.write(*self.start(prefix, report), self.task["tokens"])
        out["report"] = took(lap)
        out["rate"] = 1000 * len(said) / out["report"]
        out["study"] = out["encode"] + out["battery"] + out["report"]
        out["said"] = [best[0] for best in said[:20]]
        self.eight(out, report)
        return out

    def eight(self, out, report):
        prefixes = [self.encode(path) for path in self.task["images"]]
        lap = time.perf_counter()
        for prefix in prefixes[:4]:
            self.write(*self.start(prefix, report), 60, stop=2)
        out["natural"] = took(lap) / 4
        lap = time.perf_counter()
        started, firsts = [], []
        for prefix in prefixes:
            logits, past = self.start(prefix, report)
            started.append((logits[:, -1:], past))
            firsts.append(took(lap))
        past = self.engine.stacked([p for _, p in started])
        said = self.write([logits[0] for logits, _ in started], past, self.task["tokens"])
        out["rate8"] = 8 * len(said) * 1000 / took(lap)
        out["first8"] = sum(firsts) / len(firsts)


def took(since):
    return (time.perf_counter() - since) * 1000


def main():
    name, folder, threads, original = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    engine = OnnxRuntime(folder, threads) if name == "onnxruntime" else Torch(folder, threads, original)
    for line in sys.stdin:
        out = Round(engine, json.loads(line)).run()
        out["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(out), flush=True)


if __name__ == "__main__":
    main()
