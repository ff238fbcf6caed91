package io.overread.reporting.fhir;

import io.overread.reporting.fhir.TokenParameters.Half;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Device.DeviceNameType;
import org.hl7.fhir.r4.model.Device.FHIRDeviceStatus;

/** Device: each model that has read a study; another name, version or file is another device. */
final class Devices {
  /** The logical id of the model of {@code analysis a}. */
  static final String ID =
      "fhir_id('device:' || a.model_digest || ':' || a.model_version || ':' || a.model_name)";

  /** The logical id of the contrastive model beside it; null where there was none. */
  static final String CONTRASTIVE_ID =
      "fhir_id('device:' || a.contrastive_digest || ':' || a.contrastive_version || ':' ||"
          + " a.contrastive_name)";

  private static final String ROWS =
      "select distinct on (id) * from (select "
          + ID
          + """
           as id, a.started_at as last_updated, null::text as study_instance_uid, a.model_name,
           a.model_version, a.model_digest, false as contrastive
           from analysis a where a.model_digest is not null and a.started_at is not null
           union all select
          """
          + CONTRASTIVE_ID
          + """
          , a.started_at, null::text, a.contrastive_name, a.contrastive_version,
           a.contrastive_digest, true
           from analysis a where a.contrastive_digest is not null and a.started_at is not null)
           device order by id, last_updated
          """;

  private Devices() {}

  static ServedType<Device> served() {
    return new ServedType<>(
        Device.class,
        ROWS,
        (row, number) -> render(row),
        List.of(
            TokenParameters.token(
                "identifier",
                "The digest of the model's files",
                Half.of("null::text", "model_digest")),
            OtherParameters.words("device-name", "The model's name", "model_name")),
        Map.of(),
        null);
  }

  private static Device render(ResultSet row) throws SQLException {
    var device = new Device();
    device.setId(row.getString("id"));
    Rows.stamp(device, row);
    var digest = row.getString("model_digest");
    device.addIdentifier().setType(text("Digest of the model's files")).setValue(digest);
    device.setStatus(FHIRDeviceStatus.ACTIVE);
    device.addDeviceName().setName(row.getString("model_name")).setType(DeviceNameType.MODELNAME);
    device.setType(
        text(
            row.getBoolean("contrastive")
                ? "Contrastive model that scores findings beside the one that drafts"
                : "Vision-language model that drafts radiology reports"));
    device.addVersion().setType(text("Model")).setValue(row.getString("model_version"));
    device.addVersion().setType(text("SHA-256 of the model's files")).setValue(digest);
    return device;
  }

  private static CodeableConcept text(String text) {
    return new CodeableConcept().setText(text);
  }
}
