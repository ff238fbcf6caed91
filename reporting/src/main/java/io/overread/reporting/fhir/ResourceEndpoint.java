package io.overread.reporting.fhir;

import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;

/** What HAPI calls for one type of resource. Public because HAPI asks for it. */
public abstract class ResourceEndpoint<R extends DomainResource> implements IResourceProvider {
  private final ServedType<R> type;
  private final Shelf shelf;
  private final FhirReader reader;

  ResourceEndpoint(ServedType<R> type, Shelf shelf, FhirReader reader) {
    this.type = type;
    this.shelf = shelf;
    this.reader = reader;
  }

  @Override
  public final Class<? extends IBaseResource> getResourceType() {
    return type.resource();
  }

  /**
   * Searches. HAPI is told to let unknown parameters through because it would do so with those that
   * begin with an underscore anyway; {@link SearchRequest} refuses them all.
   */
  @Search(allowUnknownParams = true)
  public Bundle search(ServletRequestDetails request) {
    var who = reader(request);
    var search = SearchRequest.of(type, request.getParameters());
    return shelf.inTransaction(
        () -> {
          var page = new SearchPage<>(shelf, type, search);
          var bundle = page.bundle(request.getFhirServerBase(), request.getParameters());
          // Last, since whoever adds to the chain keeps the others waiting until the commit.
          shelf.audit().search(type, who, search.parameters(), page.hits(), page.ids());
          return bundle;
        });
  }

  final R current(IdType id, ServletRequestDetails request) {
    requireFormOnly(request.getParameters());
    var who = reader(request);
    return shelf.inTransaction(
        () -> {
          var hit = shelf.table(type).find(id.getIdPart()).orElseThrow(() -> notFound(id));
          shelf.audit().read(type, who, "read", hit, id.getIdPart());
          return hit.resource();
        });
  }

  final ServedType<R> type() {
    return type;
  }

  final Shelf shelf() {
    return shelf;
  }

  final String reader(ServletRequestDetails request) {
    var username = reader.username(request.getServletRequest());
    if (username == null || username.isBlank()) {
      throw new AuthenticationException("Sign in to read");
    }
    return username;
  }

  static void requireFormOnly(Map<String, String[]> parameters) {
    for (var name : parameters.keySet()) {
      if (!SearchRequest.FORM.contains(name)) {
        throw Refusals.notSupported("This interaction takes only " + SearchRequest.FORM);
      }
    }
  }

  static ResourceNotFoundException notFound(IdType id) {
    return new ResourceNotFoundException(id);
  }
}
