"""A tiny LLaVA-Med, imported with weights of four bits and with its decoder's weights in a file of their own.

    python -m parity.imported ../src/test/resources/io/overread/vlm/imported

For `ImportedModelTest`: what import wrote, and the greedy tokens that Python's ONNX Runtime makes of those very graphs.
"""
import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import transformers

from . import export
from .families.llava_med import LlavaMed
from .importing import brought
from .pictures import all_pictures
from .tiny import write

QUESTIONS = ["Is there a nodule?", "What changed, and on which side?"]
NEW_TOKENS = 12


def greedy(folder, tiny, question):
    """Each token from a run over all that came before it."""
    def session(name):
        return onnxruntime.InferenceSession(str(folder / "onnx" / f"{name}.onnx"), providers=["CPUExecutionProvider"])
    batch = tiny.batch([all_pictures()["wide"]], question)
    features = session("vision_encoder").run(None, {"pixel_values": batch["pixel_values"].numpy()})[0]
    embed, decoder = session("embed_tokens_q4"), session("decoder_model_merged_q4")
    ids, written = batch["input_ids"].numpy(), []
    while len(written) < NEW_TOKENS:
        embeds = embed.run(None, {"input_ids": ids})[0]
        embeds[ids == tiny.model.config.image_token_id] = features.reshape(-1, features.shape[-1])
        empty = {i.name: np.zeros((1, i.shape[1], 0, i.shape[3]), np.float32) for i in decoder.get_inputs() if "past" in i.name}
        logits = decoder.run(["logits"], {"inputs_embeds": embeds, "attention_mask": np.ones_like(ids),
                                          "position_ids": np.arange(ids.shape[1])[None]} | empty)[0][0, -1]
        written.append(int(logits.argmax()))
        if written[-1] == tiny.tokenizer.eos_token_id:
            break
        ids = np.concatenate([ids, [[written[-1]]]], 1)
    return {"question": question, "tokens": written}


def main():
    out = Path(sys.argv[1]) / "llava-med-q4"
    shutil.rmtree(out, ignore_errors=True)
    transformers.logging.set_verbosity_error()
    tiny = LlavaMed(20261126)
    export.LARGEST_FILE = 5_000  # bytes: the weights of two of the graphs are more
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = Path(folder) / "llava-med"
        checkpoint.mkdir()
        tiny.save(checkpoint)
        brought(checkpoint, out / "model", "q4")
    write(out / "golden.json", [greedy(out / "model", tiny, question) for question in QUESTIONS])
    print(json.dumps(json.loads((out / "golden.json").read_text())[0]["tokens"]))


if __name__ == "__main__":
    main()
