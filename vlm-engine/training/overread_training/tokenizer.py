"""A byte-level BPE of the training texts alone, with the markers of the chat template."""
from pathlib import Path

import numpy as np

from . import SEED
from .questions import FINDINGS, PARAPHRASES, REVERSED, balance, questions

SPECIAL = ["<pad>", "<bos>", "<eos>", "<image>", "<|user|>", "<|assistant|>"]
PAD, BOS, EOS, IMAGE, USER, ASSISTANT = range(6)
# System messages are left out: the model was never shown one.
CHAT_TEMPLATE = ("{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}<|user|>"
                 "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
                 "{% for item in message['content'] %}{% if item['type'] == 'image' %}<image>"
                 "{% else %}{{ item['text'] }}{% endif %}{% endfor %}{% endif %}"
                 "{% elif message['role'] == 'assistant' %}<|assistant|>{{ message['content'] }}<eos>{% endif %}{% endfor %}"
                 "{% if add_generation_prompt %}<|assistant|>{% endif %}")


def train(records, work, size=4096):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    path = Path(work) / "tokenizer.json"
    if not path.exists():
        rng, rates = np.random.default_rng([SEED, 11]), balance(records)
        texts = [f["question"] for f in FINDINGS.values()] + sum([*PARAPHRASES.values(), *REVERSED.values()], [])
        for r in records:
            if r["split"] == "train":
                for pair in questions(r, rng, rates):
                    texts += pair
        t = Tokenizer(models.BPE())
        t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        t.decoder = decoders.ByteLevel()
        t.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=size, special_tokens=SPECIAL, min_frequency=2, show_progress=False,
                                                         initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
        t.save(str(path))
    t = Tokenizer.from_file(str(path))
    for word in ("yes", "no"):  # the engine decides yes or no on the first token
        if len(t.encode(word).ids) != 1:
            raise SystemExit(f"{word} is not one token")
    return t
