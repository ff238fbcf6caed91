package io.overread.reporting.fhir;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.param.ParamPrefixEnum;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jspecify.annotations.Nullable;

/**
 * Search parameters of type date (R4 3.1.1.4.7). A value and a column are both spans of time, of
 * the precision each is given in; without a time zone both are in UTC.
 */
final class DateParameter {
  private DateParameter() {}

  /** Of a column with points in time; PostgreSQL's are a microsecond long. */
  static SearchParameter instant(String name, String documentation, String column) {
    return of(name, documentation, column, column + " + interval '1 microsecond'");
  }

  /** Of a column with DICOM dates, a day long. */
  static SearchParameter day(String name, String documentation, String column) {
    var start = "dicom_date(" + column + ")";
    return of(name, documentation, start, start + " + interval '1 day'");
  }

  private static SearchParameter of(String name, String documentation, String from, String to) {
    return new SearchParameter(
        name, SearchParamType.DATE, documentation, sent -> condition(sent, from, to));
  }

  private static Condition condition(String sent, String from, String to) {
    var letters = sent.length() > 2 ? sent.substring(0, 2) : "";
    var prefix = ParamPrefixEnum.forValue(letters);
    var span = Span.of(prefix == null ? sent : sent.substring(2));
    var inside = from + " >= ? and " + to + " <= ?";
    return switch (prefix == null ? ParamPrefixEnum.EQUAL : prefix) {
      case EQUAL -> Condition.of("(" + inside + ")", span.from, span.to);
      case NOT_EQUAL -> Condition.of("not (" + inside + ")", span.from, span.to);
      case GREATERTHAN -> Condition.of(to + " > ?", span.to);
      case LESSTHAN -> Condition.of(from + " < ?", span.from);
      case GREATERTHAN_OR_EQUALS ->
          Condition.of("(" + to + " > ? or " + inside + ")", span.to, span.from, span.to);
      case LESSTHAN_OR_EQUALS ->
          Condition.of("(" + from + " < ? or " + inside + ")", span.from, span.from, span.to);
      case STARTS_AFTER -> Condition.of(from + " >= ?", span.to);
      case ENDS_BEFORE -> Condition.of(to + " <= ?", span.from);
      case APPROXIMATE -> throw Refusals.notSupported("The date prefix ap is not supported");
    };
  }

  /** From, to and not with. */
  private record Span(OffsetDateTime from, OffsetDateTime to) {
    static Span of(String sent) {
      try {
        var value = new DateTimeType(sent);
        if (value.getValue() == null) {
          throw Refusals.invalid("Not a date: '" + sent + "'");
        }
        var zone = value.getTimeZone() == null ? ZoneOffset.UTC : value.getTimeZone().toZoneId();
        var from =
            value.getTimeZone() == null
                ? local(value)
                : value.getValue().toInstant().atZone(zone).toOffsetDateTime();
        return new Span(from, end(from, value.getPrecision()));
      } catch (DataFormatException | DateTimeException | IllegalArgumentException e) {
        throw Refusals.invalid("Not a date: '" + sent + "'");
      }
    }

    private static OffsetDateTime local(DateTimeType value) {
      return OffsetDateTime.of(
          value.getYear(),
          value.getMonth() == null ? 1 : value.getMonth() + 1,
          value.getDay() == null ? 1 : value.getDay(),
          orZero(value.getHour()),
          orZero(value.getMinute()),
          orZero(value.getSecond()),
          value.getNanos() == null ? 0 : value.getNanos().intValue(),
          ZoneOffset.UTC);
    }

    private static int orZero(@Nullable Integer number) {
      return number == null ? 0 : number;
    }

    private static OffsetDateTime end(OffsetDateTime from, TemporalPrecisionEnum precision) {
      return switch (precision) {
        case YEAR -> from.plusYears(1);
        case MONTH -> from.plusMonths(1);
        case DAY -> from.plusDays(1);
        case MINUTE -> from.plusMinutes(1);
        case SECOND -> from.plusSeconds(1);
        case MILLI -> from.plusNanos(1_000_000);
      };
    }
  }
}
