"""What Florence-2's post-processor of transformers reads of made answers:
    python -m parity.regions ../src/test/resources/io/overread/vlm/region/florence2.json"""
import json
import sys
from types import SimpleNamespace

from transformers.models.florence2.processing_florence2 import Florence2PostProcessor, Florence2Processor

SIZE = (1000, 600)
# Some of the words that the published processor does not outline.
BANNED = ["it", "them", "the image"]


def loc(*bins):
    return "".join(f"<loc_{b}>" for b in bins)


ONE, TWO = loc(10, 20, 300, 400), loc(500, 100, 999, 999)
OUTLINE, OTHER = loc(1, 2, 100, 2, 100, 200, 1, 200), loc(500, 500, 600, 500, 600, 600)
NAMED = [
    "</s><s>car" + ONE + "door handle" + TWO + loc(0, 0, 5, 5) + "wheel" + loc(7, 8, 9, 90) + "</s>",
    "  left lung " + ONE + "\n\nright lung" + TWO, "two\nlines" + ONE + "nodule" + TWO, "gr\u00f6\u00dfe" + ONE,
    "five" + ONE + loc(9) + "rest", "no box at all", "",
    "a<loc_x>b" + ONE, "a < b" + ONE, "<pad>" + "it" + ONE + "them " + TWO, "tail" + ONE + loc(4, 5, 6, 7),
]
POLYGONS = [
    OUTLINE, OUTLINE + "<sep>" + OTHER, "<poly>" + OUTLINE + "</poly><poly>" + OTHER + "<sep>" + OUTLINE + "</poly>",
    OUTLINE + loc(7), "<s>" + OUTLINE + "</s>", "words " + OUTLINE + " more " + OTHER,
    "<poly>" + OUTLINE, loc(1, 2, 3), OUTLINE + "<poly>" + OTHER + "</poly>",
]
TASKS = {
    "<OD>": NAMED, "<DENSE_REGION_CAPTION>": NAMED[:3], "<CAPTION_TO_PHRASE_GROUNDING>": NAMED,
    "<REGION_PROPOSAL>": [ONE + TWO, "<s>" + ONE + "</s>", loc(1, 2, 3)],
    "<OPEN_VOCABULARY_DETECTION>": NAMED[:3] + ["lung<poly>" + OUTLINE + "</poly>" + "heart<poly>" + OTHER + "<sep>" + OUTLINE + "</poly>"],
    "<REFERRING_EXPRESSION_SEGMENTATION>": POLYGONS, "<REGION_TO_SEGMENTATION>": POLYGONS[:3],
    "<OCR_WITH_REGION>": ["PORTABLE" + OUTLINE + "L " + loc(5, 5, 9, 5, 9, 9, 5, 9), "two\nlines" + OUTLINE, OUTLINE, "x" + loc(1, 2, 3, 4)],
}
CONFIG = {name: {} for name in ("ocr", "description_with_bboxes", "bboxes", "polygons", "description_with_bboxes_or_polygons")}
CONFIG["phrase_grounding"] = {"banned_grounding_tokens": BANNED}


def main(out):
    processor = Florence2Processor.__new__(Florence2Processor)
    images = SimpleNamespace(image_seq_length=1)
    tokenizer = SimpleNamespace(image_token="<image>", image_token_id=0, all_special_tokens=[])
    try:
        Florence2Processor.__init__(processor, images, tokenizer, post_processor_config=CONFIG)
    except (AttributeError, TypeError, ValueError):
        pass  # the stand-ins are no real ones; what is asked below is set before that is noticed
    processor.post_processor = Florence2PostProcessor(CONFIG, tokenizer)
    cases = []
    for task, texts in TASKS.items():
        for text in texts:
            read = processor.post_process_generation(text=text, task=task, image_size=SIZE)[task]
            cases.append({"task": task, "text": text, "read": read})
    with open(out, "w") as file:
        json.dump({"size": SIZE, "banned": BANNED, "cases": cases}, file, indent=1, ensure_ascii=False)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
