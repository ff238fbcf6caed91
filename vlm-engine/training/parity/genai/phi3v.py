"""Phi-3 and Phi-3.5 vision: CLIP's tower and Phi-3 as transformers has them, the HD transform between them by hand.

The facts are those of the checkpoints' published code: an image is cut into tiles of 336 pixels and seen once more as a
whole; four neighbouring patches are one row; each line of rows ends with `sub_GN`, and `glb_GN` parts tiles from whole.
"""
import copy
import math

import numpy as np
import torch
from PIL import Image
from torch import nn
from transformers import CLIPVisionConfig, CLIPVisionModel, Phi3Config, Phi3ForCausalLM

from .. import export
from ..golden import CASES, LONG
from ..tiny import spread
from ..tokens import sentencepiece, start

TILE, PATCH, LINE = 336, 14, 12  # pixels of a tile, of a patch; rows in a line of a tile
QUESTION = "Is there a nodule?"
SWITCH = 4096  # tokens; more take the long factors
MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)


@torch.jit.script
def joined(features, sizes, end, between):
    """features [images, crops, 576, width], sizes [images, 2] -> rows [tokens, 4 * width]: tiles, separator, whole."""
    width = features.shape[3]
    rows = torch.zeros(0, 4 * width)
    for i in range(sizes.shape[0]):
        down = torch.div(sizes[i, 0], 336, rounding_mode="floor")
        along = torch.div(sizes[i, 1], 336, rounding_mode="floor")
        tiles = features[i, 1:1 + int(down * along)].reshape(int(down), int(along), 12, 2, 12, 2, width)
        lines = tiles.permute(0, 2, 1, 4, 3, 5, 6).reshape(int(down) * 12, int(along) * 12, 4 * width)
        lines = torch.cat([lines, end.reshape(1, 1, -1).expand(int(down) * 12, 1, 4 * width)], 1)
        whole = features[i, 0].reshape(12, 2, 12, 2, width).permute(0, 2, 1, 3, 4).reshape(12, 12, 4 * width)
        whole = torch.cat([whole, end.reshape(1, 1, -1).expand(12, 1, 4 * width)], 1)
        rows = torch.cat([rows, lines.reshape(-1, 4 * width), between.reshape(1, -1), whole.reshape(-1, 4 * width)])
    return rows


class Vision(nn.Module):
    def __init__(self, tower, hidden):
        super().__init__()
        width = 4 * tower.config.hidden_size
        self.tower = tower
        self.sub_gn, self.glb_gn = nn.Parameter(torch.zeros(width)), nn.Parameter(torch.zeros(width))
        self.projection = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, hidden))

    def forward(self, pixel_values, image_sizes):
        images, crops = pixel_values.shape[:2]
        features = self.tower(pixel_values.flatten(0, 1), output_hidden_states=True).hidden_states[-2][:, 1:]
        features = features.reshape(images, crops, features.shape[1], features.shape[2])
        return self.projection(joined(features, image_sizes, self.sub_gn, self.glb_gn))


class Phi3V:
    """Sizes that the files state and the runtime fixes are the published ones; widths are tiny."""

    name = "phi3v"
    source = "microsoft/Phi-3.5-vision-instruct, tokenizer_config.json"
    template = ("{% for message in messages %}{{'<|' + message['role'] + '|>' + '\n' + message['content'] + '<|end|>\n' }}"
                "{% endfor %}{% if add_generation_prompt and messages[-1]['role'] != 'assistant' %}"
                "{{- '<|assistant|>\n' -}}{% endif %}")
    stop = [2, 4]
    # The last is short up to the image's end and beyond SWITCH at the question's.
    cases = [*CASES, (["flat"], (LONG * 3)[:3900] + "Which side?")]
    size = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2,
                max_position_embeddings=8192)
    tower = dict(hidden_size=8, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2)
    crops = 16
    starts = False  # onnxruntime-genai leaves out the start token, whatever the tokenizer's files say
    image_token = None  # any number below zero
    embedding_scale = 1.0
    mean, std = MEAN, STD

    def __init__(self, seed):
        torch.manual_seed(seed)
        marks = ["<|assistant|>", "<|end|>", "<|user|>", "<|system|>"]
        self.tokenizer = sentencepiece(["<unk>", "<s>", "<|endoftext|>", *marks], "<s>", prefix_space=True, apart=True,
                                       starts=self.starts, eos_token="<|endoftext|>", pad_token="<|endoftext|>")
        half = self.size["hidden_size"] // self.size["num_attention_heads"] // 2
        self.rope = {"rope_type": "longrope", "type": "longrope", "rope_theta": 10000.0,
                     "original_max_position_embeddings": SWITCH, "short_factor": [1 + 0.05 * i for i in range(half)],
                     "long_factor": [1 + 1.5 * i for i in range(half)]}
        self.language = Phi3ForCausalLM(Phi3Config(
            **self.size, vocab_size=len(self.tokenizer), original_max_position_embeddings=SWITCH, rope_parameters=self.rope,
            bos_token_id=1, eos_token_id=4, pad_token_id=2, sliding_window=None, attn_implementation="eager"))
        clip = CLIPVisionModel(CLIPVisionConfig(**self.tower, image_size=TILE, patch_size=PATCH, attn_implementation="eager"))
        self.vision = Vision(clip, self.size["hidden_size"])
        for part in (self.vision, self.language):
            spread(part.eval(), 1.0)
        with torch.no_grad():
            for token in self.tokenizer.added_tokens_decoder:
                self.language.lm_head.weight[token] *= 0.05

    def details(self, config):
        """The builder reads this config as it is."""

    # ---- the reference, without any of the exported graphs

    def prompt(self, images, question):
        marks = "".join(f"<|image_{i + 1}|>\n" for i in range(len(images)))
        return f"<|user|>\n{marks}{question}<|end|>\n<|assistant|>\n"

    def batch(self, images, question):
        """As the published processor: each text between images is tokenised alone, its own start token included."""
        pixels, sizes, ids = [], [], []
        rest = self.prompt(images, question)
        for i, image in enumerate(images):
            values, size = self.processed(image)
            pixels.append(values)
            sizes.append(size)
            before, rest = rest.split(f"<|image_{i + 1}|>", 1)
            ids += self.tokenizer(before).input_ids + [-i - 1] * tokens(*size)
        ids += self.tokenizer(rest).input_ids
        return {"ids": ids, "pixel_values": torch.stack(pixels), "image_sizes": torch.tensor(sizes)}

    def processed(self, image):
        canvas = hd(image, self.crops)
        tiles = torch.zeros(self.crops + 1, 3, TILE, TILE)
        values = (torch.from_numpy(np.asarray(canvas, np.float32) / 255) - torch.tensor(MEAN)) / torch.tensor(STD)
        values = values.permute(2, 0, 1)
        tiles[0] = self.whole(values)
        down, along = canvas.height // TILE, canvas.width // TILE
        cut = values.reshape(3, down, TILE, along, TILE).permute(1, 3, 0, 2, 4).reshape(-1, 3, TILE, TILE)
        tiles[1:1 + len(cut)] = cut
        return tiles, (canvas.height, canvas.width)

    def whole(self, values):
        """onnxruntime-extensions shrinks the numbers with Pillow's filter; the checkpoints' own code with torch's."""
        planes = [Image.fromarray(plane.numpy()).resize((TILE, TILE), Image.Resampling.BICUBIC) for plane in values]
        return torch.from_numpy(np.stack([np.asarray(plane) for plane in planes]))

    def logits(self, batch, answer):
        """Scores after the prompt and after each token of an answer, from one run over all of it."""
        ids = torch.tensor([batch["ids"] + answer])
        with torch.no_grad():
            embeds = self.language.get_input_embeddings()(ids.clamp(min=0))
            embeds[ids < 0] = self.vision(batch["pixel_values"], batch["image_sizes"])
            return self.language(inputs_embeds=embeds, use_cache=False, logits_to_keep=len(answer) + 1).logits[0]

    # ---- what is exported

    def vision_graph(self, path):
        export.graph(self.vision, (torch.randn(2, self.crops + 1, 3, TILE, TILE), torch.tensor([[336, 672], [672, 336]])), path,
                     ["pixel_values", "image_sizes"], ["image_features"],
                     {"pixel_values": {0: "num_images", 1: "max_num_crops"}, "image_sizes": {0: "num_images"},
                      "image_features": {0: "num_image_tokens"}})

    def model_config(self):
        return {"type": "phi3v", "vision": {"inputs": {"pixel_values": "pixel_values", "image_sizes": "image_sizes"}}}

    def processor_config(self):
        return [("DecodeImage", {"color_space": "BGR"}), ("ConvertRGB", {}),
                ("Phi3ImageTransform", {"num_crops": self.crops, "num_img_tokens": 144})]

    def tokenizer_config(self):
        return {"add_bos_token": self.starts, "add_eos_token": False, "bos_token": "<s>", "chat_template": self.template,
                "clean_up_tokenization_spaces": False, "eos_token": "<|endoftext|>", "legacy": False,
                "model_max_length": self.size["max_position_embeddings"], "pad_token": "<|endoftext|>",
                "tokenizer_class": "LlamaTokenizer", "unk_token": "<unk>"}


    def more(self, pictures, target):
        """What the checkpoint's own code makes of it: the whole shrunk by torch, a start token before each text."""
        hub = AsPublished.__new__(AsPublished)
        hub.__dict__ = self.__dict__ | {"tokenizer": copy.deepcopy(self.tokenizer)}
        hub.tokenizer.backend_tokenizer.post_processor = start(hub.tokenizer.backend_tokenizer, "<s>")
        (target / "hub-tokenizer.json").write_text(hub.tokenizer.backend_tokenizer.to_str() + "\n")
        batch = hub.batch([pictures["wide"]], QUESTION)
        answer = []
        while len(answer) < 4:
            scores = hub.logits(batch, answer)
            answer.append(int(scores[-1].argmax()))
        whole = (batch["pixel_values"][0, 0].numpy() * np.reshape(STD, (3, 1, 1)) + np.reshape(MEAN, (3, 1, 1))) * 255
        return {"hub": {"images": ["wide"], "question": QUESTION, "ids": batch["ids"][:8], "length": len(batch["ids"]),
                        "tokens": answer, "logits": [round(float(v), 4) for v in scores[0]],
                        "whole": [round(float(v), 3) for v in whole[:, 5::16, 5::16].flatten()]}}


class AsPublished(Phi3V):
    starts = True

    def whole(self, values):
        return nn.functional.interpolate(values[None], (TILE, TILE), mode="bicubic")[0]


def hd(image, most):
    """Resized to whole tiles along its longer edge, white around it along the shorter one."""
    upright = image.width < image.height
    longer, shorter = (image.height, image.width) if upright else image.size
    ratio = longer / shorter
    scale = 1
    while (scale + 1) * math.ceil((scale + 1) / ratio) <= most:
        scale += 1
    edge = scale * TILE
    other = int(edge / ratio)
    room = math.ceil(other / TILE) * TILE
    before = int((room - other) / 2)
    size, canvas, at = ((other, edge), (room, edge), (before, 0)) if upright else ((edge, other), (edge, room), (0, before))
    white = Image.new("RGB", canvas, (255, 255, 255))
    white.paste(image.resize(size, Image.Resampling.BILINEAR), at)
    return white


def tokens(height, width):
    down, along = height // TILE, width // TILE
    return (down * along + 1) * LINE * LINE + 1 + (down + 1) * LINE
