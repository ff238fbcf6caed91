package io.overread.reporting.fhir;

import io.overread.audit.AuditAction;
import io.overread.reporting.fhir.TokenParameters.Half;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.ImagingStudy.ImagingStudySeriesComponent;
import org.hl7.fhir.r4.model.ImagingStudy.ImagingStudyStatus;
import org.hl7.fhir.r4.model.Reference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** ImagingStudy: what the gateway has received of a study. */
final class ImagingStudies {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String ROWS =
      "select fhir_id(s.study_instance_uid) as id, coalesce(s.completed_at, s.last_instance_at) as"
          + " last_updated, case s.state when 'COMPLETE' then 'available' else 'registered' end as"
          + " status, s.study_description, s.referring_physician_name,"
          + StudyColumns.SQL
          + """
          , (select coalesce(jsonb_agg(to_jsonb(e) || jsonb_build_object('instances',
              (select jsonb_agg(jsonb_build_object('uid', i.sop_instance_uid,
                  'sopClass', i.sop_class_uid, 'number', i.instance_number)
                  order by i.instance_number, i.sop_instance_uid)
                from instance i where i.study_instance_uid = e.study_instance_uid
                  and i.series_instance_uid = e.series_instance_uid))
              order by e.series_number, e.series_instance_uid), '[]')
            from series e where e.study_instance_uid = s.study_instance_uid) as series,
            array(select distinct e.modality from series e
              where e.study_instance_uid = s.study_instance_uid and e.modality is not null
              order by 1) as modalities
          from study s
          """;

  private ImagingStudies() {}

  static ServedType<ImagingStudy> served() {
    return new ServedType<>(
        ImagingStudy.class,
        ROWS,
        (row, number) -> render(row),
        StudyColumns.parameters(
            TokenParameters.token(
                "identifier",
                "The Study Instance UID or the accession number",
                StudyColumns.STUDY_UID,
                StudyColumns.ACCESSION),
            TokenParameters.token(
                "status",
                "available once complete, registered before",
                Half.of("'http://hl7.org/fhir/imagingstudy-status'", "status")),
            TokenParameters.anyOf("modality", "A modality in the study", Terms.DICOM, "modalities"),
            DateParameter.day("started", "The date of the study", "study_date")),
        Map.of(
            "patient", study -> List.of(study.getSubject()),
            "subject", study -> List.of(study.getSubject())),
        AuditAction.STUDY_VIEWED);
  }

  private static ImagingStudy render(ResultSet row) throws SQLException {
    var study = new ImagingStudy();
    study.setId(row.getString("id"));
    Rows.stamp(study, row);
    study.addIdentifier(Terms.uid(row.getString("study_instance_uid")));
    var accession = row.getString("accession_number");
    if (accession != null) {
      study.addIdentifier(Terms.accession(accession));
      study.addBasedOn(Terms.order(accession));
    }
    study.setStatus(ImagingStudyStatus.fromCode(row.getString("status")));
    Rows.strings(row, "modalities").forEach(code -> study.addModality(Modalities.coding(code)));
    study.setSubject(StudyColumns.patient(row));
    study.setStartedElement(Rows.day(row.getString("study_date")));
    var description = row.getString("study_description");
    if (Terms.isPresent(description)) {
      study.setDescription(description);
    }
    PersonNames.of(row.getString("referring_physician_name")).stream()
        .findFirst()
        .ifPresent(
            name ->
                study.setReferrer(
                    new Reference()
                        .setType("Practitioner")
                        .setDisplay(name.getNameAsSingleString())));
    addSeries(study, JSON.readTree(row.getString("series")));
    return study;
  }

  private static void addSeries(ImagingStudy study, JsonNode rows) {
    int instances = 0;
    for (var row : rows) {
      var series = study.addSeries().setUid(row.path("series_instance_uid").asString());
      // PS3.3 C.7.3.1: the modality is required; OT says that the peer left it out.
      series.setModality(Modalities.coding(row.path("modality").asString("OT")));
      if (row.path("series_number").asInt(-1) >= 0) {
        series.setNumber(row.path("series_number").asInt());
      }
      if (Terms.isPresent(row.path("series_description").asString(""))) {
        series.setDescription(row.path("series_description").asString());
      }
      if (Terms.isPresent(row.path("body_part_examined").asString(""))) {
        series.setBodySite(new Coding().setDisplay(row.path("body_part_examined").asString()));
      }
      addInstances(series, row.path("instances"));
      instances += series.getInstance().size();
      series.setNumberOfInstances(series.getInstance().size());
    }
    study.setNumberOfSeries(rows.size()).setNumberOfInstances(instances);
  }

  private static void addInstances(ImagingStudySeriesComponent series, JsonNode rows) {
    for (var row : rows) {
      var instance =
          series
              .addInstance()
              .setUid(row.path("uid").asString())
              .setSopClass(
                  new Coding()
                      .setSystem(Terms.URI)
                      .setCode(Terms.OID + row.path("sopClass").asString()));
      if (row.path("number").asInt(-1) >= 0) {
        instance.setNumber(row.path("number").asInt());
      }
    }
  }
}
