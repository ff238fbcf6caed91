"""Tiny random CLIP, SigLIP and BiomedCLIP checkpoints, and what transformers makes of a picture and some sentences.

    python -m parity.contrastive ../src/test/resources/io/overread/vlm/contrastive

The folders have the layout of the published exports: one onnx/model.onnx with logits_per_image among its outputs.
BiomedCLIP's weights are open_clip's; its exports have the form of transformers' VisionTextDualEncoder (BERT and ViT).
"""
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from torch import nn
from transformers import (BertConfig, CLIPConfig, CLIPImageProcessor, CLIPModel, PreTrainedTokenizerFast, SiglipConfig,
                          SiglipImageProcessor, SiglipModel, ViTConfig, VisionTextDualEncoderConfig,
                          VisionTextDualEncoderModel)

from . import export, tiny

TEXTS = ["There is a pleural effusion.", "There is no pleural effusion.", "Épanchement pleural à gauche, 肺炎なし.", "Heart."]
CORPUS = TEXTS + ["the lungs are clear", "a nodule in the left upper lobe", "no acute cardiopulmonary abnormality"]
LENGTH = 64


def picture():
    y, x = np.mgrid[0:30, 0:40]
    gray = (x * 7 + y * 11 + (x * y) % 13) % 256
    return Image.fromarray(np.stack([gray, (gray * 3 + 40) % 256, 255 - gray], -1).astype(np.uint8))


def clip_tokenizer():
    tokenizer = Tokenizer(models.BPE(unk_token="<|endoftext|>", end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=["<|startoftext|>", "<|endoftext|>"],
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), end_of_word_suffix="</w>")
    tokenizer.train_from_iterator(CORPUS, trainer)
    ids = {t: tokenizer.token_to_id(t) for t in ("<|startoftext|>", "<|endoftext|>")}
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<|startoftext|> $A <|endoftext|>", special_tokens=list(ids.items()))
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<|startoftext|>", eos_token="<|endoftext|>",
                                   pad_token="<|endoftext|>", model_max_length=LENGTH)


def siglip_tokenizer():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.train_from_iterator(CORPUS, trainers.UnigramTrainer(
        vocab_size=120, special_tokens=["<unk>", "</s>"], unk_token="<unk>"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", tokenizer.token_to_id("</s>"))])
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", eos_token="</s>", pad_token="</s>",
                                   model_max_length=LENGTH, model_input_names=["input_ids"])


def bert_tokenizer():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    tokenizer.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=200, special_tokens=special))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(t, tokenizer.token_to_id(t)) for t in ("[CLS]", "[SEP]")])
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]",
                                   sep_token="[SEP]", model_max_length=LENGTH,
                                   model_input_names=["input_ids", "token_type_ids", "attention_mask"])


def small(**more):
    return dict(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2, **more)


def clip():
    tokenizer = clip_tokenizer()
    config = CLIPConfig(
        text_config=small(vocab_size=len(tokenizer), max_position_embeddings=LENGTH, bos_token_id=tokenizer.bos_token_id,
                          eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id),
        vision_config=small(image_size=32, patch_size=8), projection_dim=12)
    processor = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    return CLIPModel(config), tokenizer, processor, dict(padding=True)


def siglip():
    tokenizer = siglip_tokenizer()
    config = SiglipConfig(
        text_config=small(vocab_size=len(tokenizer), max_position_embeddings=LENGTH, projection_size=16),
        vision_config=small(image_size=32, patch_size=8))
    processor = SiglipImageProcessor(size={"height": 32, "width": 32}, resample=2)
    return SiglipModel(config), tokenizer, processor, dict(padding="max_length")


def biomedclip():
    tokenizer = bert_tokenizer()
    config = VisionTextDualEncoderConfig.from_vision_text_configs(
        ViTConfig(**small(image_size=32, patch_size=8)),
        BertConfig(**small(vocab_size=len(tokenizer), max_position_embeddings=LENGTH)), projection_dim=12)
    processor = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    return VisionTextDualEncoderModel(config), tokenizer, processor, dict(padding=True)


class Exported(nn.Module):
    def __init__(self, model, names):
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *inputs):
        out = self.model(**dict(zip(self.names, inputs)))
        return out.logits_per_image, out.text_embeds, out.image_embeds


def write(folder, model, tokenizer, processor, full):
    """The folder of a model. full: whether each text is filled up to its full length, as SigLIP was trained."""
    (folder / "onnx").mkdir(parents=True)
    lengths = {"padding": "max_length", "max_length": model.config.text_config.max_position_embeddings} if full else {"padding": True}
    inputs = {**tokenizer(TEXTS[:2], return_tensors="pt", **lengths),
              "pixel_values": processor(picture(), return_tensors="pt")["pixel_values"]}
    names, outputs = list(inputs), ["logits_per_image", "text_embeds", "image_embeds"]
    axes = {n: {0: "image_batch"} if n == "pixel_values" else {0: "text_batch", 1: "length"} for n in names}
    axes |= {"logits_per_image": {0: "image_batch", 1: "text_batch"}, "text_embeds": {0: "text_batch"},
             "image_embeds": {0: "image_batch"}}
    export.graph(Exported(model, names), tuple(inputs.values()), folder / "onnx" / "model.onnx", names, outputs, axes)
    (folder / "config.json").write_text(json.dumps(model.config.to_dict(), indent=1, default=str))
    processor.save_pretrained(folder)
    settings = folder / "preprocessor_config.json"
    tiny.write(settings, tiny.published(json.loads(settings.read_text())))
    tokenizer.save_pretrained(folder)


def make(name, family, out):
    torch.manual_seed(11)
    model, tokenizer, processor, padding = family()
    model.eval()
    with torch.no_grad():  # random weights leave all similarities alike
        for p in model.parameters():
            p.mul_(3 if p.ndim > 1 else 1)
        if hasattr(model, "logit_bias"):
            model.logit_bias.fill_(-1.5)
            model.logit_scale.fill_(1.2)
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    texts = tokenizer(TEXTS, return_tensors="pt", **padding)
    pixels = processor(picture(), return_tensors="pt")["pixel_values"]
    with torch.no_grad():
        told = model(**texts, pixel_values=pixels)
    write(folder, model, tokenizer, processor, padding["padding"] == "max_length")
    (out / f"{name}.json").write_text(json.dumps({
        "texts": TEXTS, "ids": texts["input_ids"].tolist(), "logits": told.logits_per_image[0].tolist(),
        "pixels": [round(float(v), 5) for v in pixels.flatten()[::37]]}))
    print(name, told.logits_per_image[0].tolist(), sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()))


if __name__ == "__main__":
    out = Path(sys.argv[1])
    for name, family in dict(clip=clip, siglip=siglip, biomedclip=biomedclip).items():
        make(name, family, out)
