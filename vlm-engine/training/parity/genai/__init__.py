"""Tiny checkpoints in the layout of onnxruntime-genai, and what onnxruntime-genai itself makes of them."""
