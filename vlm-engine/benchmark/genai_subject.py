"""The second subject: a Gemma 3 of random weights in onnxruntime-genai's layout, which all of the engines below know.

As a program, one of Overread's peers: `genai_subject.py onnxruntime-genai|transformers FOLDER THREADS FOLDER`, a line with a task in, figures out.
"""
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))
PEERS = ["overread", "onnxruntime-genai", "transformers"]
SEED, IMAGE = 7, "<start_of_image>"
REPORT = "Describe the findings."  # as Overread asks where a folder states nothing else


def medium():
    import torch
    from parity.genai.gemma3 import Gemma3

    class Medium(Gemma3):
        size = Gemma3.size | dict(hidden_size=512, intermediate_size=2048, num_hidden_layers=8, num_attention_heads=8, num_key_value_heads=4, head_dim=64,
                                  query_pre_attn_scalar=64, sliding_window=1024)
        tower = dict(hidden_size=256, intermediate_size=1024, num_hidden_layers=6, num_attention_heads=4)
        layers = ["sliding_attention"] * 5 + ["full_attention"] + ["sliding_attention"] * 2

    made = Medium(SEED)
    with torch.no_grad():
        made.language.lm_head.weight[made.stop] = 0  # never the best: everybody writes as much as was asked
    return made


def reading(made, folder):
    """With the folder's tokenizer: every training of one gives another."""
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast
    made.tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer.from_file(str(folder / "tokenizer.json")), bos_token="<bos>")
    return made


def build(folder, threads, precision="fp32"):
    from parity.genai import folder as layout
    made = medium()
    layout.write(made, folder, precision, small=False)
    path = folder / "genai_config.json"
    config = json.loads(path.read_text())
    config["model"]["decoder"]["session_options"]["intra_op_num_threads"] = threads
    path.write_text(json.dumps(config))
    return folder


class GenAi:
    """Its own processor, tokenizer and loop. A reading of the image is kept by going back to its end."""

    def __init__(self, folder, threads):
        import onnxruntime_genai as og
        self.og, self.model = og, og.Model(str(folder))
        self.processor, self.prompts = self.model.create_multimodal_processor(), Prompts(folder)

    def encode(self, path):
        options = self.og.GeneratorParams(self.model)
        options.set_search_options(max_length=len(self.prompts.head_ids) + 300, do_sample=False)
        generator = self.og.Generator(self.model, options)
        generator.set_inputs(self.processor(self.prompts.head, images=self.og.Images.open(str(path))))
        generator.get_logits()
        return generator

    def start(self, generator, question):
        generator.rewind_to(len(self.prompts.head_ids))
        generator.append_tokens(np.asarray(self.prompts.rest(question), np.int32))
        return generator

    def scores(self, generator):
        return generator.get_logits()[0, -1]

    def next(self, generator):
        generator.generate_next_token()
        return generator, int(generator.get_next_tokens()[0])


class Transformers:
    """The modules that were exported: float32, eager attention, a cache that grows."""

    def __init__(self, folder, threads):
        import torch
        torch.set_num_threads(threads)
        torch.set_grad_enabled(False)
        self.torch, self.made, self.prompts = torch, reading(medium(), folder), Prompts(folder)

    def encode(self, path):
        from PIL import Image
        from transformers import DynamicCache
        batch = self.made.batch([Image.open(path).convert("RGB")], "?")
        ids = self.torch.tensor([batch["ids"][:len(self.prompts.head_ids)]])
        embeds = self.made.language.get_input_embeddings()(ids)
        embeds[ids == self.made.image_token] = self.made.vision(batch["pixel_values"])
        cache = DynamicCache(config=self.made.language.config)
        self.made.language(inputs_embeds=embeds, past_key_values=cache, logits_to_keep=1)
        return cache

    def start(self, reading, question):
        import copy
        return self.step(copy.deepcopy(reading), self.prompts.rest(question))

    def step(self, cache, ids):
        out = self.made.language(input_ids=self.torch.tensor([ids]), past_key_values=cache, logits_to_keep=1)
        return cache, out.logits[0, -1]

    def scores(self, state):
        return state[1].numpy()

    def next(self, state):
        token = int(state[1].argmax())
        return self.step(state[0], [token]), token


class Prompts:
    """The folder's template and tokenizer, without torch: its megabytes are none of onnxruntime-genai's."""

    def __init__(self, folder):
        from jinja2 import Environment
        from tokenizers import Tokenizer
        template = json.loads((folder / "tokenizer_config.json").read_text())["chat_template"]
        self.template = Environment(trim_blocks=True, lstrip_blocks=True).from_string(template)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.image = "\n\n" + IMAGE + "<image_soft_token>" * 256 + "<end_of_image>\n\n"
        self.head = self.whole("?").split(IMAGE)[0] + IMAGE
        self.head_ids = self.ids(self.head.replace(IMAGE, self.image))

    def whole(self, question):
        parts = [{"type": "image"}, {"type": "text", "text": question}]
        return self.template.render(bos_token="<bos>", messages=[{"role": "user", "content": parts}], add_generation_prompt=True)

    def rest(self, question):
        return self.ids(self.whole(question).replace(IMAGE, self.image))[len(self.head_ids):]

    def ids(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids


def run(engine, task):
    out = {}
    lap = time.perf_counter()
    reading = engine.encode(task["images"][0])
    out["encode"], lap = took(lap)
    engine.scores(engine.start(reading, task["question"])).argmax()
    out["first"], lap = took(lap)
    engine.scores(engine.start(reading, task["battery"][0]))
    out["one"], lap = took(lap)
    for question in task["battery"]:
        engine.scores(engine.start(reading, question))
    out["battery"], lap = took(lap)
    state, said = engine.start(reading, REPORT), []
    for _ in range(task["tokens"]):
        state, token = engine.next(state)
        said.append(token)
    out["report"], lap = took(lap)
    out["rate"], out["said"] = 1000 * len(said) / out["report"], said[:20]
    out["study"] = out["encode"] + out["battery"] + out["report"]
    del state, reading
    eight(engine, task, out)
    return out


def eight(engine, task, out):
    """Eight requests, a token each in turn: neither engine joins requests of several images in one run."""
    readings = [engine.encode(path) for path in task["images"]]
    lap = time.perf_counter()
    states, firsts = [], []
    for reading in readings:
        states.append(engine.start(reading, REPORT))
        engine.scores(states[-1]).argmax()
        firsts.append(took(lap)[0])
    for _ in range(task["tokens"]):
        states = [engine.next(state)[0] for state in states]
    out["rate8"] = 8 * task["tokens"] * 1000 / took(lap)[0]
    out["first8"] = sum(firsts) / 8


def took(since):
    now = time.perf_counter()
    return (now - since) * 1000, now


def main():
    name, folder, threads = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    engine = (GenAi if name == "onnxruntime-genai" else Transformers)(folder, threads)
    for line in sys.stdin:
        out = run(engine, json.loads(line))
        out["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(out), flush=True)


if __name__ == "__main__":
    main()
