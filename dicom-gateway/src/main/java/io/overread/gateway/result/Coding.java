package io.overread.gateway.result;

/**
 * A concept as FHIR writes it.
 *
 * @param system the URI of its code system
 * @param code the code in it
 * @param display how it reads
 */
public record Coding(String system, String code, String display) {}
