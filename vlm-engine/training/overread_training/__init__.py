"""Trains, exports and measures the default model of Overread."""

SEED = 20261123
