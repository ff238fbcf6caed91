"""Tiny tokenizers of the two kinds that the families use, trained on a few lines of several scripts."""
import json

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

LINES = [
    "Is there a nodule? Is there an effusion? yes no Yes No The heart is enlarged. Describe the image.",
    "What is seen on this chest radiograph, and on which side? There is no pneumothorax.",
    "Gibt es einen Herdbefund im rechten Oberlappen? Größe, Übergang, Brustkörper.",
    "user assistant model User Assistant USER ASSISTANT system answer en",
    "胸部に結節はありますか。 Есть ли выпот? هل يوجد انصباب؟ Ύπαρξη οζιδίου;",
] * 3


def byte_level(special, bos=None, size=400, digits=False, **named):  # bos: put in front of every text
    """GPT-2's kind: Qwen, SmolLM, Llama 3."""
    tokenizer = Tokenizer(models.BPE())
    split = [pre_tokenizers.Digits(individual_digits=True)] if digits else []
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        split + [pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=special, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(LINES, trainer)
    if bos:
        tokenizer.post_processor = start(tokenizer, bos)
    return fast(tokenizer, special, **({"bos_token": bos} if bos else {}), **named)


def sentencepiece(special, bos, size=400, prefix_space=False, apart=False, starts=True, **named):
    """Llama 2's kind (with a space put in front) and Gemma's (without): spaces are written, bytes fall back.

    apart: no token holds a letter and a mark, which onnxruntime-extensions never joins; starts: bos before every text.
    """
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, fuse_unk=True, unk_token="<unk>"))
    spaces = [normalizers.Prepend("▁")] if prefix_space else []
    tokenizer.normalizer = normalizers.Sequence(spaces + [normalizers.Replace(" ", "▁")])
    words = [pre_tokenizers.Split("▁", "merged_with_next")] + ([pre_tokenizers.Punctuation()] if apart else [])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(words)  # only while it learns
    stripped = [decoders.Strip(content=" ", left=1)] if prefix_space else []
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()] + stripped)
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=special + [f"<0x{b:02X}>" for b in range(256)],
                                  show_progress=False, limit_alphabet=50)
    tokenizer.train_from_iterator(LINES, trainer)
    tokenizer.pre_tokenizer = None
    # The trainer knows bytes only as special tokens; in a model's file they are ordinary ones.
    described = json.loads(tokenizer.to_str())
    described["added_tokens"] = [token for token in described["added_tokens"] if token["content"] in special]
    tokenizer = Tokenizer.from_str(json.dumps(described))
    if starts:
        tokenizer.post_processor = start(tokenizer, bos)
    return fast(tokenizer, special, bos_token=bos, unk_token="<unk>", **named)


def start(tokenizer, bos):
    return processors.TemplateProcessing(single=f"{bos} $A", pair=f"{bos} $A {bos} $B",
                                         special_tokens=[(bos, tokenizer.token_to_id(bos))])


def fast(tokenizer, special, **named):
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, clean_up_tokenization_spaces=False, **named)
