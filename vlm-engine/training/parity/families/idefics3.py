"""SmolVLM and Idefics3: one architecture, two tokenizers and templates."""
import torch
from torch import nn
from transformers import (Idefics3Config, Idefics3ForConditionalGeneration, Idefics3ImageProcessorPil, Idefics3Processor,
                          Idefics3VisionConfig, LlamaConfig, SmolVLMConfig, SmolVLMForConditionalGeneration,
                          SmolVLMImageProcessorPil, SmolVLMVisionConfig)

from .. import export
from ..tiny import Tiny
from ..tokens import byte_level

TILE, PATCH, SCALE, LONGEST = 32, 8, 2, 96
ROWS = [f"<row_{r}_col_{c}>" for r in range(1, 7) for c in range(1, 7)]


class SmolVlm(Tiny):
    """With Idefics3's processor, which writes the same: SmolVLM's own wants a video reader installed."""

    name = "smolvlm"
    source = "HuggingFaceTB/SmolVLM-256M-Instruct, chat_template.json"
    template = (
        "<|im_start|>{% for message in messages %}{{message['role'] | capitalize}}"
        "{% if message['content'][0]['type'] == 'image' %}{{':'}}{% else %}{{': '}}{% endif %}"
        "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{line['text']}}"
        "{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}<end_of_utterance>\n{% endfor %}"
        "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}")
    joined = "SmolVLMProcessor"
    classes = (SmolVLMConfig, SmolVLMVisionConfig, SmolVLMForConditionalGeneration, SmolVLMImageProcessorPil)

    def make_tokenizer(self):
        special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<image>", "<fake_token_around_image>", "<global-img>",
                   "<end_of_utterance>"] + ROWS
        return byte_level(special, digits=True, bos_token="<|im_start|>", eos_token="<end_of_utterance>",
                          pad_token="<|im_end|>", unk_token="<|endoftext|>")

    def make_processor(self):
        images = self.classes[3](size={"longest_edge": LONGEST}, max_image_size={"longest_edge": TILE})
        return Idefics3Processor(images, self.tokenizer, image_seq_len=(TILE // PATCH // SCALE) ** 2,
                                 chat_template=self.template)

    @classmethod
    def together(cls, images, tokenizer, settings, template):
        return Idefics3Processor(images, tokenizer, image_seq_len=settings.get("image_seq_len", 169), chat_template=template)

    def make_model(self):
        config, vision, model, _ = self.classes
        text = LlamaConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
                           num_key_value_heads=2, vocab_size=len(self.tokenizer), max_position_embeddings=4096,
                           bos_token_id=1, eos_token_id=6, pad_token_id=2, rope_theta=100000.0)
        return model(config(
            vision_config=vision(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                                 image_size=TILE, patch_size=PATCH),
            text_config=text, image_token_id=self.tokenizer.convert_tokens_to_ids("<image>"), scale_factor=SCALE,
            pad_token_id=2, attn_implementation="eager"))

    def text(self):
        return self.model.model.text_model

    def vision_graph(self, path, batch):
        export.graph(Tiles(self.model.model), (batch["pixel_values"], batch["pixel_attention_mask"].bool()), path,
                     ["pixel_values", "pixel_attention_mask"], ["image_features"],
                     {"pixel_values": {0: "batch", 1: "images"}, "pixel_attention_mask": {0: "batch", 1: "images"},
                      "image_features": {0: "tiles"}})

    def processor_settings(self):
        return {"image_seq_len": self.processor.image_seq_len, "processor_class": self.joined}


class Tiles(nn.Module):
    """`pixel_values` [1, tiles, 3, h, w], `pixel_attention_mask` bool [1, tiles, h, w] -> [tiles, rows, hidden]."""

    def __init__(self, model):
        super().__init__()
        self.vision, self.connector = model.vision_model, model.connector
        self.patch = model.vision_model.config.patch_size
        self.side = model.vision_model.config.image_size // self.patch

    def forward(self, pixel_values, pixel_attention_mask):
        pixels = pixel_values.flatten(0, 1)
        side, patch = self.side, self.patch
        mask = pixel_attention_mask.flatten(0, 1).view(-1, side, patch, side, patch).long().sum((2, 4)) > 0
        hidden = self.vision.embeddings.patch_embedding(pixels).flatten(2).transpose(1, 2)
        hidden = hidden + self.vision.embeddings.position_embedding(self.places(mask))
        seen = torch.where(mask.flatten(1), 0.0, export.LOWEST)[:, None, None]
        hidden = self.vision.encoder(inputs_embeds=hidden, attention_mask=seen).last_hidden_state
        return self.connector(self.vision.post_layernorm(hidden))

    def places(self, mask):
        """Which row of the positions each patch gets: its place in what is seen, in steps of the whole grid."""
        side = self.side
        borders = torch.arange(1, side) / side
        rows, columns = (torch.arange(side)[None] / mask.float().sum(d).amax(1, keepdim=True) for d in (1, 2))
        row, column = ((x.clamp(max=1 - 1e-6)[..., None] >= borders).long().sum(-1) for x in (rows, columns))
        return torch.where(mask, row[:, :, None] * side + column[:, None], 0).flatten(1)


class Idefics3(SmolVlm):
    """Its tokenizer spells the tiles' places out in ordinary tokens."""

    name = "idefics3"
    source = "HuggingFaceM4/Idefics3-8B-Llama3, chat_template.json"
    template = (
        "<|begin_of_text|>{% for message in messages %}{{message['role'].capitalize()}}"
        "{% if message['content'][0]['type'] == 'image' %}{{':'}}{% else %}{{': '}}{% endif %}"
        "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{line['text']}}"
        "{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}<end_of_utterance>\n{% endfor %}"
        "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}")
    joined = "Idefics3Processor"
    classes = (Idefics3Config, Idefics3VisionConfig, Idefics3ForConditionalGeneration, Idefics3ImageProcessorPil)

    def make_tokenizer(self):
        special = ["<|end_of_text|>", "<|begin_of_text|>", "<pad>", "<image>", "<fake_token_around_image>", "<reserved>",
                   "<end_of_utterance>"]
        return byte_level(special, bos="<|begin_of_text|>", eos_token="<end_of_utterance>", pad_token="<pad>")
