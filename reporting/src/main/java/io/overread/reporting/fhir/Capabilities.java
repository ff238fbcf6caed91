package io.overread.reporting.fhir;

import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;

/**
 * What we serve, said from the same tables that decide what is served. Public because HAPI asks for
 * it.
 */
public final class Capabilities {
  private final List<ServedType<?>> types;
  private final Instant since;

  Capabilities(List<ServedType<?>> types, Instant since) {
    this.types = types;
    this.since = since;
  }

  /** The CapabilityStatement at {@code /metadata}. */
  @Metadata(cacheMillis = 0)
  public CapabilityStatement capabilities(RequestDetails request) {
    var statement = new CapabilityStatement();
    statement.setStatus(PublicationStatus.ACTIVE);
    statement.setKind(CapabilityStatementKind.INSTANCE);
    statement.setDateElement(Rows.dateTime(since));
    statement.setFhirVersion(FHIRVersion._4_0_1);
    statement.addFormat("application/fhir+json").addFormat("application/fhir+xml");
    statement.getSoftware().setName("Overread");
    statement
        .getImplementation()
        .setDescription("Radiology reports: drafts of a model, and what radiologists signed")
        .setUrl(request.getFhirServerBase());
    var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
    rest.setDocumentation(
        "Read only. Unsupported search parameters are refused, whatever the Prefer header says.");
    rest.getSecurity()
        .setDescription("Every reader signs in; every reading of patients' data is audited.");
    types.forEach(type -> describe(type, rest.addResource()));
    return statement;
  }

  private static void describe(
      ServedType<?> type, CapabilityStatementRestResourceComponent resource) {
    resource.setType(type.name());
    resource.addInteraction().setCode(TypeRestfulInteraction.READ);
    resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
    boolean versioned = type.resource() == DiagnosticReport.class;
    if (versioned) {
      resource.addInteraction().setCode(TypeRestfulInteraction.VREAD);
      resource.addInteraction().setCode(TypeRestfulInteraction.HISTORYINSTANCE);
    }
    resource.setVersioning(
        versioned ? ResourceVersionPolicy.VERSIONED : ResourceVersionPolicy.NOVERSION);
    resource.setReadHistory(versioned);
    type.includeNames().forEach(resource::addSearchInclude);
    for (var parameter : type.parameters()) {
      resource
          .addSearchParam()
          .setName(parameter.name())
          .setType(parameter.type())
          .setDocumentation(parameter.documentation());
    }
  }
}
