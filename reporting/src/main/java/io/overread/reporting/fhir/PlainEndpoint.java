package io.overread.reporting.fhir;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;

/** A type of which only the newest version can be read. */
public final class PlainEndpoint<R extends DomainResource> extends ResourceEndpoint<R> {
  PlainEndpoint(ServedType<R> type, Shelf shelf, FhirReader reader) {
    super(type, shelf, reader);
  }

  /** The resource as it is now. */
  @Read
  public IBaseResource read(@IdParam IdType id, ServletRequestDetails request) {
    return current(id, request);
  }
}
