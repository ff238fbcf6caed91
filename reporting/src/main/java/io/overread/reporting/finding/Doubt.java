package io.overread.reporting.finding;

/**
 * Why something that the model said is not to be believed.
 *
 * @param guard which guard objects, such as {@code image-independent}
 * @param reason why, in a sentence for the radiologist
 */
public record Doubt(String guard, String reason) {}
