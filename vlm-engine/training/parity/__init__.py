"""Tiny random checkpoints of whole families, their exports, and what `transformers` makes of them."""
