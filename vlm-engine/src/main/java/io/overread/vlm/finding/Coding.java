package io.overread.vlm.finding;

/**
 * A code of a terminology, as FHIR's Coding.
 *
 * @param system URI of the terminology
 * @param code the code
 * @param display its words
 */
public record Coding(String system, String code, String display) {}
