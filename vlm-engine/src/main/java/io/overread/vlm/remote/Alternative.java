package io.overread.vlm.remote;

/**
 * A token that could have stood at a place.
 *
 * @param text as the engine writes it
 * @param logProbability natural logarithm of its probability
 */
record Alternative(String text, double logProbability) {}
