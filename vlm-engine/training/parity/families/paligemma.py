"""PaliGemma 1 and 2."""
import copy

import torch
from transformers import (Gemma2Config, GemmaConfig, PaliGemmaConfig, PaliGemmaForConditionalGeneration, PaliGemmaProcessor,
                          SiglipImageProcessorPil, SiglipVisionConfig)

from ..tiny import Tiny
from ..tokens import sentencepiece

EDGE, PATCH, WINDOW = 28, 7, 64


class PaliGemma(Tiny):
    """Exported causal only; so is the reference: transformers is told of no prefix."""

    name = "paligemma"
    source = "none: transformers' PaliGemmaProcessor writes <image>... <bos>prompt\\n"
    template = None
    embedding = 0.25

    def make_tokenizer(self):
        special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<image>"]
        return sentencepiece(special, "<bos>", eos_token="<eos>", pad_token="<pad>",
                             extra_special_tokens={"image_token": "<image>"})

    def make_processor(self):
        images = SiglipImageProcessorPil(size={"height": EDGE, "width": EDGE}, image_mean=[0.5] * 3, image_std=[0.5] * 3,
                                         resample=3)
        images.image_seq_length = (EDGE // PATCH) ** 2
        # a copy: the processor adds <locNNNN> and <segNNN> to it, for which the tiny model has no use
        return PaliGemmaProcessor(images, copy.deepcopy(self.tokenizer))

    def make_model(self):
        width = 16
        vision = SiglipVisionConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                                    image_size=EDGE, patch_size=PATCH, vision_use_head=False, projection_dim=width)
        return PaliGemmaForConditionalGeneration(PaliGemmaConfig(
            vision_config=vision, text_config=self.text_config(width), image_token_index=5, projection_dim=width,
            hidden_size=width, attn_implementation="eager"))

    def text_config(self, width):
        return GemmaConfig(hidden_size=width, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                           num_key_value_heads=1, head_dim=8, vocab_size=len(self.tokenizer), max_position_embeddings=2048,
                           bos_token_id=2, eos_token_id=1, pad_token_id=0)

    def batch(self, images, question):
        batch = self.processor(text="<image>" * len(images) + question, images=[images], return_tensors="pt",
                               add_special_tokens=False)
        return {k: batch[k] for k in ("input_ids", "attention_mask", "pixel_values")}

    def template_in_folder(self):
        return False

    def processor_settings(self):
        return {"image_seq_length": self.processor.image_seq_length, "processor_class": "PaliGemmaProcessor"}


class PaliGemmaPrefix(PaliGemma):
    """As transformers has it: image and prompt see one another. The decoder takes `token_type_ids`, 1 for the answer."""

    name = "paligemma-prefix"
    blocks = "prefix"

    def batch(self, images, question):
        batch = super().batch(images, question)
        return batch | {"token_type_ids": torch.zeros_like(batch["input_ids"])}

    def extended(self, batch, token):
        types = torch.cat([batch["token_type_ids"], torch.ones(1, 1, dtype=torch.long)], 1)
        return super().extended(batch, token) | {"token_type_ids": types}


class PaliGemma2(PaliGemma):
    name = "paligemma2"
    softcap = 30.0

    def text_config(self, width):
        return Gemma2Config(hidden_size=width, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                            num_key_value_heads=1, head_dim=8, vocab_size=len(self.tokenizer), max_position_embeddings=2048,
                            sliding_window=WINDOW, layer_types=["sliding_attention", "full_attention"],
                            query_pre_attn_scalar=8, bos_token_id=2, eos_token_id=1, pad_token_id=0)
