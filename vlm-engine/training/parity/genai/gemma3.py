"""Gemma 3 as onnxruntime-genai has it: 256 tokens an image, whatever the folder says, and causal attention alone."""
import math

import numpy as np
import torch
from PIL import Image
from torch import nn
from transformers import Gemma3Config, Gemma3ForCausalLM, Gemma3TextConfig, SiglipVisionConfig, SiglipVisionModel
from transformers.models.gemma3.modeling_gemma3 import Gemma3MultiModalProjector

from .. import export
from ..golden import CASES
from ..families.gemma3 import Gemma3 as Hub
from ..tiny import spread
from ..tokens import sentencepiece

EDGE, PATCH, TOKENS = 128, 8, 256


class Vision(nn.Module):
    def __init__(self, tower, projector):
        super().__init__()
        self.tower, self.projector = tower, projector

    def forward(self, pixel_values):
        return self.projector(self.tower(pixel_values).last_hidden_state).flatten(0, 1)


class Gemma3:
    name = "gemma3"
    source = Hub.source
    stop = [1, 6]
    cases = [case for case in CASES if len(case[0]) == 1]  # of several images onnxruntime-genai 0.18 counts one's tokens
    image_token = 9
    mean, std = (0.5,) * 3, (0.5,) * 3
    size = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1, head_dim=16,
                max_position_embeddings=8192, sliding_window=64, query_pre_attn_scalar=16)
    tower = dict(hidden_size=8, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2)
    layers = ["sliding_attention", "full_attention"]

    def __init__(self, seed):
        torch.manual_seed(seed)
        self.tokenizer = sentencepiece(
            ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>", "<start_of_image>", "<end_of_image>",
             "<image_soft_token>"], "<bos>", apart=True, eos_token="<eos>", pad_token="<pad>")
        text = Gemma3TextConfig(**self.size, layer_types=self.layers, vocab_size=len(self.tokenizer), eos_token_id=1, bos_token_id=2,
                                pad_token_id=0, tie_word_embeddings=False, attn_implementation="eager")
        sight = SiglipVisionConfig(**self.tower, image_size=EDGE, patch_size=PATCH, vision_use_head=False, attn_implementation="eager")
        self.language = Gemma3ForCausalLM(text)
        self.vision = Vision(SiglipVisionModel(sight), Gemma3MultiModalProjector(
            Gemma3Config(vision_config=sight.to_dict(), text_config=text.to_dict(), mm_tokens_per_image=TOKENS)))
        for part in (self.vision, self.language):
            spread(part.eval(), 0.25)
        self.embedding_scale = math.sqrt(self.size["hidden_size"])
        with torch.no_grad():
            for token in self.tokenizer.added_tokens_decoder:
                self.language.lm_head.weight[token] *= 0.05

    def details(self, config):
        """Where transformers 5 has other names than the builder reads."""
        config.rope_local_base_freq = config.rope_parameters["sliding_attention"]["rope_theta"]
        config.rope_parameters = config.rope_parameters["full_attention"]

    def prompt(self, images, question):
        parts = [{"type": "image"} for _ in images] + [{"type": "text", "text": question}]
        return self.tokenizer.apply_chat_template([{"role": "user", "content": parts}], chat_template=Hub.template,
                                                  add_generation_prompt=True, tokenize=False)

    def batch(self, images, question):
        image = "\n\n<start_of_image>" + "<image_soft_token>" * TOKENS + "<end_of_image>\n\n"
        text = self.prompt(images, question).replace("<start_of_image>", image)
        pixels = [np.asarray(i.resize((EDGE, EDGE), Image.Resampling.BILINEAR), np.float32) / 127.5 - 1 for i in images]
        return {"ids": self.tokenizer(text, add_special_tokens=False).input_ids,
                "pixel_values": torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2)}

    def logits(self, batch, answer):
        ids = torch.tensor([batch["ids"] + answer])
        with torch.no_grad():
            embeds = self.language.get_input_embeddings()(ids)
            embeds[ids == self.image_token] = self.vision(batch["pixel_values"])
            return self.language(inputs_embeds=embeds, use_cache=False, logits_to_keep=len(answer) + 1).logits[0]

    def vision_graph(self, path):
        export.graph(self.vision, (torch.randn(2, 3, EDGE, EDGE),), path, ["pixel_values"], ["image_features"],
                     {"pixel_values": {0: "num_images"}, "image_features": {0: "num_image_tokens"}})

    def model_config(self):
        return {"type": "gemma3", "model": {"image_token_id": self.image_token}, "vision": {"inputs": {"pixel_values": "pixel_values"}}}

    def processor_config(self):
        return [("DecodeImage", {"color_space": "RGB"}),
                ("Resize", {"width": EDGE, "height": EDGE, "interpolation": "LINEAR", "keep_aspect_ratio": 0}),
                ("Rescale", {"rescale_factor": 1 / 255}), ("Normalize", {"mean": list(self.mean), "std": list(self.std)}),
                ("Permute3D", {"dims": [2, 0, 1]})]

    def tokenizer_config(self):
        return {"add_bos_token": True, "add_eos_token": False, "bos_token": "<bos>", "chat_template": Hub.template,
                "clean_up_tokenization_spaces": False, "eos_token": "<eos>", "pad_token": "<pad>", "tokenizer_class": "GemmaTokenizer",
                "unk_token": "<unk>"}

    def more(self, pictures, target):
        return {}
