"""One file a family, as in Java; REGISTRY maps the name of a fixture's folder to what makes it."""
from .florence2 import Florence2
from .gemma3 import Gemma3, Gemma3Blocks
from .idefics3 import Idefics3, SmolVlm
from .llava import Llava, LlavaOneVision
from .llava_med import LlavaMed
from .mllama import Llama32Vision
from .paligemma import PaliGemma, PaliGemma2, PaliGemmaPrefix
from .qwen_vl import Qwen2Vl, Qwen25Vl, Qwen3Vl

REGISTRY = {tiny.name: tiny for tiny in (Llava, LlavaMed, LlavaOneVision, SmolVlm, Idefics3, Gemma3, Gemma3Blocks, PaliGemma,
                                         PaliGemmaPrefix, PaliGemma2, Qwen2Vl, Qwen25Vl, Qwen3Vl, Llama32Vision,
                                         Florence2)}
