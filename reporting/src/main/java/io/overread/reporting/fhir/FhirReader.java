package io.overread.reporting.fhir;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Tells who reads, for the audit trail. The service has signed the reader in before. */
@FunctionalInterface
public interface FhirReader {
  /** The user name of the reader; null: nobody is signed in, and the request is refused. */
  @Nullable String username(HttpServletRequest request);
}
