package io.overread.vlm.guard;

/**
 * What a guard has against an image, a finding, a sentence or an answer.
 *
 * @param guard which one
 * @param reason why, in a sentence for the radiologist; holds no text of the image's header
 */
public record Objection(Guard guard, String reason) {}
