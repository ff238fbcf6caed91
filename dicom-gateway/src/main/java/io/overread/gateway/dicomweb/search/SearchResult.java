package io.overread.gateway.dicomweb.search;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A result with the attributes of PS3.18 10.6.3.3 and whatever else the tables have.
 *
 * @param series null for a study
 * @param instance null for a study or a series
 */
record SearchResult(
    DataSet attributes, String study, @Nullable String series, @Nullable String instance) {

  static SearchResult of(ResultSet row, SearchRequest request) throws SQLException {
    DataSet attributes = DataSet.withCharacterSet("ISO_IR 192");
    SearchLevel level = request.level();
    for (SearchKey key : SearchKey.values()) {
      // What the path says of the parents, the client knows (Tables 10.6.3-4 and 10.6.3-5).
      boolean known =
          (key.level() == SearchLevel.STUDY
                  && level != SearchLevel.STUDY
                  && request.study() != null)
              || (key.level() == SearchLevel.SERIES && request.series() != null);
      if (key.level().compareTo(level) <= 0 && (!known || key.kind() == SearchKey.Kind.UID)) {
        put(attributes, key, row);
      }
    }
    attributes.putString(Tag.InstanceAvailability, row.getString("availability"));
    if (level == SearchLevel.STUDY || request.study() == null) {
      attributes.putInteger(Tag.NumberOfStudyRelatedSeries, row.getInt("series_of_study"));
      attributes.putInteger(Tag.NumberOfStudyRelatedInstances, row.getInt("instances_of_study"));
    }
    if (level == SearchLevel.SERIES
        || (level == SearchLevel.INSTANCE && request.series() == null)) {
      attributes.putInteger(Tag.NumberOfSeriesRelatedInstances, row.getInt("instances_of_series"));
    }
    return new SearchResult(
        attributes,
        row.getString("study_instance_uid"),
        level == SearchLevel.STUDY ? null : row.getString("series_instance_uid"),
        level == SearchLevel.INSTANCE ? row.getString("sop_instance_uid") : null);
  }

  private static void put(DataSet attributes, SearchKey key, ResultSet row) throws SQLException {
    switch (key.kind()) {
      case MODALITIES ->
          attributes.putString(key.tag(), (String[]) row.getArray(key.selected()).getArray());
      case NUMBER -> {
        int value = row.getInt(key.selected());
        // An object without pixels has no frames to number.
        if (!row.wasNull() && !(key == SearchKey.NUMBER_OF_FRAMES && value == 0)) {
          attributes.putInteger(key.tag(), value);
        }
      }
      default -> text(attributes, key.tag(), row.getString(key.selected()));
    }
  }

  private static void text(DataSet attributes, int tag, @Nullable String value) {
    if (value == null) {
      attributes.putEmpty(tag);
      return;
    }
    // A backslash would separate values; none of these attributes has more than one.
    attributes.putString(tag, value.replace('\\', '/'));
  }
}
