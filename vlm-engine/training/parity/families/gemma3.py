"""Gemma 3, and MedGemma, which is one."""
import torch
from transformers import (Gemma3Config, Gemma3ForConditionalGeneration, Gemma3ImageProcessorPil, Gemma3Processor,
                          Gemma3TextConfig, SiglipVisionConfig)

from ..tiny import Tiny
from ..tokens import sentencepiece

EDGE, PATCH, TOKENS, WINDOW = 48, 8, 9, 64


class Gemma3(Tiny):
    """Exported as most are: causal only. So is the reference: transformers is told of no image's tokens."""

    name = "gemma3"
    source = "google/gemma-3-4b-it, chat_template.json"
    template = """{{ bos_token }}
{%- if messages[0]['role'] == 'system' -%}
    {%- if messages[0]['content'] is string -%}
        {%- set first_user_prefix = messages[0]['content'] + '\n\n' -%}
    {%- else -%}
        {%- set first_user_prefix = messages[0]['content'][0]['text'] + '\n\n' -%}
    {%- endif -%}
    {%- set loop_messages = messages[1:] -%}
{%- else -%}
    {%- set first_user_prefix = "" -%}
    {%- set loop_messages = messages -%}
{%- endif -%}
{%- for message in loop_messages -%}
    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{ raise_exception("Conversation roles must alternate user/assistant/user/assistant/...") }}
    {%- endif -%}
    {%- if (message['role'] == 'assistant') -%}
        {%- set role = "model" -%}
    {%- else -%}
        {%- set role = message['role'] -%}
    {%- endif -%}
    {{ '<start_of_turn>' + role + '\n' + (first_user_prefix if loop.first else "") }}
    {%- if message['content'] is string -%}
        {{ message['content'] | trim }}
    {%- elif message['content'] is iterable -%}
        {%- for item in message['content'] -%}
            {%- if item['type'] == 'image' -%}
                {{ '<start_of_image>' }}
            {%- elif item['type'] == 'text' -%}
                {{ item['text'] | trim }}
            {%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {{ raise_exception("Invalid content type") }}
    {%- endif -%}
    {{ '<end_of_turn>\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{'<start_of_turn>model\n'}}
{%- endif -%}
"""
    template = template.replace("'\n\n'", r"'\n\n'").replace("'\n'", r"'\n'").replace("\n' ", r"\n' ").replace("\n'}}", r"\n'}}")
    stop = [1, 6]
    embedding = 0.25

    def make_tokenizer(self):
        special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>", "<start_of_image>",
                   "<end_of_image>", "<image_soft_token>"]
        return sentencepiece(special, "<bos>", eos_token="<eos>", pad_token="<pad>", extra_special_tokens={
            "image_token": "<image_soft_token>", "boi_token": "<start_of_image>", "eoi_token": "<end_of_image>"})

    def make_processor(self):
        images = Gemma3ImageProcessorPil(size={"height": EDGE, "width": EDGE})
        return Gemma3Processor(images, self.tokenizer, chat_template=self.template, image_seq_length=TOKENS)

    def make_model(self):
        vision = SiglipVisionConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                                    image_size=EDGE, patch_size=PATCH, vision_use_head=False)
        text = Gemma3TextConfig(
            hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
            head_dim=8, vocab_size=len(self.tokenizer), max_position_embeddings=2048, sliding_window=WINDOW,
            layer_types=["sliding_attention", "full_attention"], query_pre_attn_scalar=8, eos_token_id=1, bos_token_id=2)
        return Gemma3ForConditionalGeneration(Gemma3Config(
            vision_config=vision, text_config=text, mm_tokens_per_image=TOKENS, image_token_index=9, boi_token_index=7,
            eoi_token_index=8, eos_token_id=[1, 6], attn_implementation="eager"))

    def batch(self, images, question):
        batch = super().batch(images, question)
        return {k: batch[k] for k in ("input_ids", "attention_mask", "pixel_values")}

    def processor_settings(self):
        return {"image_seq_length": self.processor.image_seq_length, "processor_class": "Gemma3Processor"}


class Gemma3Blocks(Gemma3):
    """As transformers has it: an image's tokens see one another. The decoder takes `token_type_ids`."""

    name = "gemma3-blocks"
    blocks = "image"

    def batch(self, images, question):
        batch = Tiny.batch(self, images, question)
        return {k: batch[k] for k in ("input_ids", "attention_mask", "pixel_values", "token_type_ids")}

    def extended(self, batch, token):
        types = torch.cat([batch["token_type_ids"], torch.zeros(1, 1, dtype=torch.long)], 1)
        return super().extended(batch, token) | {"token_type_ids": types}
