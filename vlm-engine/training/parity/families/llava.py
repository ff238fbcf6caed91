"""LLaVA 1.5 and LLaVA-OneVision."""
import torch
from transformers import (CLIPImageProcessorPil, CLIPVisionConfig, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration,
                          LlavaOnevisionConfig, LlavaOnevisionForConditionalGeneration, LlavaOnevisionImageProcessorPil,
                          LlavaOnevisionProcessor, LlavaProcessor, Qwen2Config, SiglipVisionConfig)

from ..tiny import Tiny, Features
from ..tokens import byte_level, sentencepiece

EDGE, PATCH = 42, 7


class Llava(Tiny):
    name = "llava"
    source = "llava-hf/llava-1.5-7b-hf, chat_template.json"
    template = (
        "{% for message in messages %}{% if message['role'] != 'system' %}{{ message['role'].upper() + ': '}}{% endif %}"
        "{# Render all images first #}{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}"
        "{{ '<image>\n' }}{% endfor %}{# Render all text next #}{% if message['role'] != 'assistant' %}"
        "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'] + ' '}}"
        "{% endfor %}{% else %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
        "{% generation %}{{ content['text'] + ' '}}{% endgeneration %}{% endfor %}{% endif %}{% endfor %}"
        "{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}")

    def make_tokenizer(self):
        return sentencepiece(["<unk>", "<s>", "</s>", "<image>", "<pad>"], "<s>", prefix_space=True, eos_token="</s>",
                             pad_token="<pad>")

    def make_processor(self):
        images = CLIPImageProcessorPil(size={"shortest_edge": EDGE}, crop_size={"height": EDGE, "width": EDGE})
        return LlavaProcessor(images, self.tokenizer, patch_size=PATCH, vision_feature_select_strategy="default",
                              num_additional_image_tokens=1, chat_template=self.template)

    def make_model(self):
        vision = CLIPVisionConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=3, num_attention_heads=2,
                                  image_size=EDGE, patch_size=PATCH)
        text = LlamaConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                           num_key_value_heads=2, vocab_size=len(self.tokenizer), max_position_embeddings=2048,
                           bos_token_id=1, eos_token_id=2)
        return LlavaForConditionalGeneration(LlavaConfig(
            vision_config=vision, text_config=text, image_token_index=3, image_seq_length=(EDGE // PATCH) ** 2, vision_feature_layer=-2,
            vision_feature_select_strategy="default", attn_implementation="eager"))

    def processor_settings(self):
        names = ("patch_size", "vision_feature_select_strategy", "num_additional_image_tokens")
        return {name: getattr(self.processor, name) for name in names} | {"processor_class": "LlavaProcessor"}


class LlavaOneVision(Tiny):
    """One view an image, as the published exports have it: the vector that ends the tiles' lines is in no graph.

    transformers' own forward would add tiles; it is given the features of the one view instead.
    """

    name = "llava-onevision"
    source = "llava-hf/llava-onevision-qwen2-0.5b-ov-hf, chat_template.json"
    template = (
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + ' '}}{# Render all images first #}"
        "{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>' }}{% endfor %}"
        "{# Render all text next #}{% if message['role'] != 'assistant' %}"
        "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ '\n' + content['text'] }}"
        "{% endfor %}{% else %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
        "{% generation %}{{ '\n' + content['text'] }}{% endgeneration %}{% endfor %}{% endif %}{{'<|im_end|>'}}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")

    def make_tokenizer(self):
        return byte_level(["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<image>", "<video>"], eos_token="<|im_end|>",
                          pad_token="<|endoftext|>")

    def make_processor(self):
        images = LlavaOnevisionImageProcessorPil(size={"height": EDGE, "width": EDGE}, image_grid_pinpoints=[
            [EDGE, EDGE], [EDGE, 2 * EDGE], [2 * EDGE, EDGE], [2 * EDGE, 2 * EDGE]])
        return OneView(images, self.tokenizer, self.template, PATCH)

    @classmethod
    def of(cls, model, processor, template, stop):
        patch = model.config.vision_config.patch_size
        return super().of(model, OneView(processor.image_processor, processor.tokenizer, template, patch), template, stop)

    @classmethod
    def together(cls, images, tokenizer, settings, template):
        return OneView(images, tokenizer, template, None)

    def make_model(self):
        vision = SiglipVisionConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                                    image_size=EDGE, patch_size=PATCH, vision_use_head=False)
        text = Qwen2Config(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
                           num_key_value_heads=2, vocab_size=len(self.tokenizer), max_position_embeddings=2048,
                           eos_token_id=2, tie_word_embeddings=True)
        return LlavaOnevisionForConditionalGeneration(LlavaOnevisionConfig(
            vision_config=vision, text_config=text, image_token_index=3, video_token_index=4, vision_feature_layer=-1,
            image_grid_pinpoints=self.processor.image_processor.image_grid_pinpoints, tie_word_embeddings=True,
            attn_implementation="eager"))

    def logits(self, batch):
        with torch.no_grad():
            embeds = self.model.get_input_embeddings()(batch["input_ids"])
            features = self.vision()(batch["pixel_values"])
            mask = (batch["input_ids"] == self.model.config.image_token_id).unsqueeze(-1)
            embeds = embeds.masked_scatter(mask, features)
            return self.model(inputs_embeds=embeds, attention_mask=batch["attention_mask"], use_cache=False).logits[0, -1]

    def vision(self):
        return BaseView(self.model.model)


class BaseView(Features):
    def forward(self, pixel_values):
        hidden = self.model.vision_tower(pixel_values, output_hidden_states=True).hidden_states[-1]
        return self.model.multi_modal_projector(hidden)


class OneView:
    """transformers' image processor, tokenizer and template; the first view of each image alone."""

    def __init__(self, images, tokenizer, template, patch):
        self.image_processor, self.tokenizer, self.chat_template, self.patch = images, tokenizer, template, patch

    def apply_chat_template(self, messages, **options):
        return self.tokenizer.apply_chat_template(messages, **options)

    def __call__(self, text, images, **options):
        views = [self.image_processor(image, return_tensors="pt")["pixel_values"][0, :1] for image in images]
        size = self.image_processor.size
        text = text.replace("<image>", "<image>" * ((size["height"] // self.patch) * (size["width"] // self.patch)))
        return dict(self.tokenizer(text, **options)) | {"pixel_values": torch.cat(views)}
