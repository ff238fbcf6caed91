"""The exported model under Python's ONNX Runtime, driven as the Java engine drives it. Evaluation and parity go through here."""
import json
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image
from tokenizers import Tokenizer

RESAMPLE = {2: Image.BILINEAR, 3: Image.BICUBIC}


class Model:
    def __init__(self, folder, threads=2):
        folder = Path(folder)
        read = lambda name: json.loads((folder / name).read_text())  # noqa: E731
        self.config, self.pre, self.manifest = read("config.json"), read("preprocessor_config.json"), read("overread.json")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.template = read("tokenizer_config.json")["chat_template"]
        self.eos = read("generation_config.json")["eos_token_id"]
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self.vision, self.embed, self.decoder = (
            ort.InferenceSession(str(folder / "onnx" / f"{n}{self.manifest['dtype'][n]}.onnx"), options, providers=["CPUExecutionProvider"])
            for n in ("vision_encoder", "embed_tokens", "decoder_model_merged"))
        text = self.config["text_config"]
        self.empty = np.zeros((1, text["num_key_value_heads"], 0, text["head_dim"]), np.float32)
        self.kept = None
        self.layers, self.image_token = text["num_hidden_layers"], self.config["image_token_index"]
        self.yes, self.no = (self.tokenizer.encode(self.manifest["answers"][k][0]).ids[0] for k in ("yes", "no"))

    def pixel_values(self, image):
        """A PIL image or gray bytes to [1,3,H,W]."""
        image = image if isinstance(image, Image.Image) else Image.fromarray(image)
        size = (self.pre["size"]["width"], self.pre["size"]["height"])
        x = np.asarray(image.convert("RGB").resize(size, RESAMPLE[self.pre["resample"]]), np.float32) * self.pre["rescale_factor"]
        x = (x - np.array(self.pre["image_mean"], np.float32)) / np.array(self.pre["image_std"], np.float32)
        return x.transpose(2, 0, 1)[None].astype(np.float32)

    def features(self, image):
        return self.vision.run(None, {"pixel_values": self.pixel_values(image)})[0]

    def prompt(self, question):
        from jinja2 import Template
        text = Template(self.template).render(bos_token="<bos>", add_generation_prompt=True, messages=[
            {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": question}]}])
        text = text.replace("<image>", "<image>" * self.config["image_seq_length"])
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def step(self, embeds, past):
        before = past[0].shape[2]
        total = before + embeds.shape[1]
        feed = {"inputs_embeds": embeds, "attention_mask": np.ones((1, total), np.int64),
                "position_ids": np.arange(before, total, dtype=np.int64)[None]}
        for i in range(self.layers):
            feed[f"past_key_values.{i}.key"], feed[f"past_key_values.{i}.value"] = past[2 * i], past[2 * i + 1]
        logits, *present = self.decoder.run(None, feed)
        return logits[0, -1], present

    def start(self, features, question):
        """The prompt's last logits. The part up to the image is kept for the next question on the same features."""
        ids = np.array([self.prompt(question)], np.int64)
        where = np.flatnonzero(ids[0] == self.image_token)
        if len(where) != features.shape[1]:
            raise ValueError(f"{len(where)} placeholders, {features.shape[1]} image tokens")
        cut = where[-1] + 1
        if self.kept is None or self.kept[0] is not features:
            embeds = self.embed.run(None, {"input_ids": ids[:, :cut]})[0]
            embeds[0, where] = features[0]
            self.kept = features, self.step(embeds, [self.empty] * (2 * self.layers))[1]
        return self.step(self.embed.run(None, {"input_ids": ids[:, cut:]})[0], self.kept[1])

    def answer(self, features, question, limit=96):
        """Greedy token ids (without the end) and log p(yes) - log p(no) at the first token."""
        logits, past = self.start(features, question)
        difference, ids = float(logits[self.yes] - logits[self.no]), []
        while len(ids) < limit:
            token = int(logits.argmax())
            if token == self.eos:
                break
            ids.append(token)
            logits, past = self.step(self.embed.run(None, {"input_ids": np.array([[token]], np.int64)})[0], past)
        return ids, difference

    def say(self, features, question):
        ids, _ = self.answer(features, question)
        return self.tokenizer.decode(ids)

    def yes_no(self, features, question):
        logits, _ = self.start(features, question)
        return float(logits[self.yes] - logits[self.no])
