package io.overread.reporting.fhir;

import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.IdType;

/** DiagnosticReport, every version of which is kept and can be read. */
public final class ReportEndpoint extends ResourceEndpoint<DiagnosticReport> {
  ReportEndpoint(ServedType<DiagnosticReport> type, Shelf shelf, FhirReader reader) {
    super(type, shelf, reader);
  }

  /** The report as it is now, or at the version asked for. */
  @Read(version = true)
  public IBaseResource read(@IdParam IdType id, ServletRequestDetails request) {
    if (!id.hasVersionIdPart()) {
      return current(id, request);
    }
    requireFormOnly(request.getParameters());
    var who = reader(request);
    return shelf()
        .inTransaction(
            () -> {
              var hit =
                  versions(id.getIdPart()).stream()
                      .filter(
                          version ->
                              version
                                  .resource()
                                  .getMeta()
                                  .getVersionId()
                                  .equals(id.getVersionIdPart()))
                      .findFirst()
                      .orElseThrow(() -> notFound(id));
              var subject = id.getIdPart() + "/_history/" + id.getVersionIdPart();
              shelf().audit().read(type(), who, "vread", hit, subject);
              return hit.resource();
            });
  }

  /** Every version of the report, the newest first. */
  @History
  public Bundle history(@IdParam IdType id, ServletRequestDetails request) {
    requireFormOnly(request.getParameters());
    var who = reader(request);
    return shelf()
        .inTransaction(
            () -> {
              var versions = versions(id.getIdPart());
              if (versions.isEmpty()) {
                throw notFound(id);
              }
              shelf()
                  .audit()
                  .read(type(), who, "history-instance", versions.getFirst(), id.getIdPart());
              return bundle(versions, request.getFhirServerBase());
            });
  }

  private List<ResourceTable.Hit<DiagnosticReport>> versions(String id) {
    return shelf()
        .jdbc()
        .sql(
            "select * from ("
                + DiagnosticReports.VERSION_ROWS
                + " where v.report_id::text = ?) r order by version desc")
        .param(id)
        .query(
            (row, number) ->
                new ResourceTable.Hit<>(
                    DiagnosticReports.render(row), row.getString("study_instance_uid")))
        .list();
  }

  private static Bundle bundle(List<ResourceTable.Hit<DiagnosticReport>> versions, String base) {
    var bundle = new Bundle().setType(BundleType.HISTORY).setTotal(versions.size());
    bundle.setId(UUID.randomUUID().toString()); // HAPI wants one
    for (var version : versions) {
      var report = version.resource();
      var url = "DiagnosticReport/" + report.getIdPart();
      boolean first = report.getMeta().getVersionId().equals("1");
      var entry = bundle.addEntry().setFullUrl(base + "/" + url).setResource(report);
      entry
          .getRequest()
          .setMethod(first ? HTTPVerb.POST : HTTPVerb.PUT)
          .setUrl(first ? "DiagnosticReport" : url);
      entry
          .getResponse()
          .setStatus(first ? "201 Created" : "200 OK")
          .setEtag("W/\"" + report.getMeta().getVersionId() + "\"")
          .setLastModifiedElement(report.getMeta().getLastUpdatedElement());
    }
    return bundle;
  }
}
