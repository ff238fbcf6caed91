package io.overread.reporting.fhir;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the FHIR server.
 *
 * @param organizationName who issues the reports
 * @param baseUrl the address that clients know it by; null: taken from each request
 */
public record FhirSettings(String organizationName, @Nullable URI baseUrl) {}
