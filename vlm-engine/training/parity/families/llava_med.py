"""LLaVA-Med v1.5: LLaVA with Mistral, saved in the layout of the original LLaVA repository (../llava_med.py reads it)."""
import copy

import torch
from safetensors.torch import save_file
from torch import nn
from transformers import CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor, MistralConfig
from transformers.models.llava.image_processing_pil_llava import LlavaImageProcessorPil

from ..tiny import write
from ..tokens import sentencepiece
from .llava import EDGE, PATCH, Llava

WORDS = ["<unk>", "<s>", "</s>"]


class LlavaMed(Llava):
    """The image's token lies behind the words: it has an embedding, and no score."""

    name = "llava-med"
    source = "microsoft/LLaVA-Med, llava/conversation.py, mistral_instruct"
    template = (
        "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '[INST] ' }}"
        "{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\n' }}{% endfor %}"
        "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'] }}{% endfor %}"
        "{{ ' [/INST]' }}{% elif message['role'] == 'assistant' %}"
        "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'] }}{% endfor %}"
        "{{ eos_token }}{% endif %}{% endfor %}")

    def make_tokenizer(self):
        self.words = sentencepiece(WORDS, "<s>", prefix_space=True, eos_token="</s>", pad_token="<unk>")  # as published
        tokenizer = copy.deepcopy(self.words)
        tokenizer.add_tokens(["<image>"], special_tokens=True)
        return tokenizer

    def make_processor(self):
        images = LlavaImageProcessorPil(size={"shortest_edge": EDGE}, crop_size={"height": EDGE, "width": EDGE}, do_pad=True)
        return LlavaProcessor(images, self.tokenizer, patch_size=PATCH, vision_feature_select_strategy="default",
                              num_additional_image_tokens=1, chat_template=self.template)

    def make_model(self):
        image = len(self.tokenizer) - 1
        vision = CLIPVisionConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=3, num_attention_heads=2,
                                  image_size=EDGE, patch_size=PATCH)
        text = MistralConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
                             num_key_value_heads=1, vocab_size=image, max_position_embeddings=2048, sliding_window=None,
                             bos_token_id=1, eos_token_id=2, rope_parameters={"rope_type": "default", "rope_theta": 1000000.0})
        model = LlavaForConditionalGeneration(LlavaConfig(
            vision_config=vision, text_config=text, image_token_index=image, vision_feature_layer=-2,
            vision_feature_select_strategy="default", attn_implementation="eager"))
        model.set_input_embeddings(nn.Embedding(image + 1, 16))
        return model

    def quieten(self):
        with torch.no_grad():
            for token in range(len(WORDS)):
                if token != self.tokenizer.eos_token_id:
                    self.model.lm_head.weight[token] *= 0.05
            self.model.get_input_embeddings().weight[-1] = 0

    def save(self, folder):
        text, vision = self.model.config.text_config, self.model.config.vision_config
        names = ("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads",
                 "num_key_value_heads", "max_position_embeddings", "rms_norm_eps", "bos_token_id", "eos_token_id", "sliding_window")
        write(folder / "config.json", {name: getattr(text, name) for name in names} | {
            "model_type": "llava_mistral", "architectures": ["LlavaMistralForCausalLM"], "rope_theta": 1000000.0,
            "mm_projector_type": "mlp2x_gelu", "mm_vision_tower": "openai/clip-vit-large-patch14-336",
            "mm_vision_select_layer": -2, "mm_vision_select_feature": "patch", "image_aspect_ratio": "pad"})
        self.words.save_pretrained(folder)
        save_file({self.published(name): tensor.contiguous() for name, tensor in self.model.state_dict().items()}
                  | {"model.embed_tokens.weight": self.model.get_input_embeddings().weight[:-1].clone()},
                  folder / "model.safetensors", metadata={"format": "pt"})
        vision.save_pretrained(folder / "vision_tower")  # sizes that no published tower has

    @staticmethod
    def published(name):
        for part, put in (("model.language_model.", "model."), ("model.multi_modal_projector.linear_1.", "model.mm_projector.0."),
                          ("model.multi_modal_projector.linear_2.", "model.mm_projector.2."),
                          ("model.vision_tower.", "model.vision_tower.vision_tower.vision_model.")):
            if name.startswith(part):
                return put + name.removeprefix(part)
        return name
