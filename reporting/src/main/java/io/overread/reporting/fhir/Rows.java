package io.overread.reporting.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Reads columns as FHIR's primitive types. */
final class Rows {
  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

  private Rows() {}

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** An instant to the millisecond, in UTC. */
  static InstantType instantType(Instant instant) {
    return new InstantType(Date.from(instant), TemporalPrecisionEnum.MILLI, UTC);
  }

  /** A point in time as FHIR's dateTime, to the millisecond, in UTC. */
  static DateTimeType dateTime(Instant instant) {
    return new DateTimeType(Date.from(instant), TemporalPrecisionEnum.MILLI, UTC);
  }

  /** Stamps a resource with the time of its row's last change. */
  static void stamp(Resource resource, ResultSet row) throws SQLException {
    resource.getMeta().setLastUpdatedElement(instantType(instant(row, "last_updated")));
  }

  /** A DICOM date (PS3.5 6.2: DA), or null where it is none: peers send anything. */
  static @Nullable DateType date(@Nullable String da) {
    var iso = isoDate(da);
    return iso == null ? null : new DateType(iso);
  }

  /**
   * A DICOM date as FHIR's dateTime, to the day: with a time it would need the zone, which DICOM
   * rarely tells.
   */
  static @Nullable DateTimeType day(@Nullable String da) {
    var iso = isoDate(da);
    return iso == null ? null : new DateTimeType(iso);
  }

  static List<String> strings(ResultSet row, String column) throws SQLException {
    var array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  private static @Nullable String isoDate(@Nullable String da) {
    if (da == null || !da.matches("\\d{8}")) {
      return null;
    }
    try {
      return LocalDate.parse(da, DateTimeFormatter.BASIC_ISO_DATE).toString();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
