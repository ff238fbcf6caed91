package io.overread.gateway.query;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseStatus;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The Identifier of a request, PS3.4 C.4.1.1.3, with what every one must have: a level of its
 * information model.
 */
record Identifier(QueryLevel level, DataSet keys) {

  private static final DimseStatus DOES_NOT_MATCH = DimseStatus.DATA_SET_DOES_NOT_MATCH_SOP_CLASS;

  /**
   * Reads it.
   *
   * @param patientRoot whether the information model has a level PATIENT
   * @throws RefusedException when it is malformed (C000) or has no such level (A900)
   * @throws IOException when the association ends
   */
  static Identifier read(DimseRequest request, boolean patientRoot)
      throws RefusedException, IOException {
    DataSet keys;
    try {
      keys = request.readDataSet();
    } catch (DicomFormatException e) {
      throw new RefusedException(DimseStatus.CANNOT_UNDERSTAND, "The identifier is no data set");
    }
    QueryLevel level =
        QueryLevel.of(keys.string(Tag.QueryRetrieveLevel).orElse(""))
            .filter(found -> patientRoot || found != QueryLevel.PATIENT)
            .orElseThrow(
                () ->
                    new RefusedException(
                        DOES_NOT_MATCH, "No level of the model", Tag.QueryRetrieveLevel));
    return new Identifier(level, keys);
  }

  /**
   * The one value of a Unique Key above the level.
   *
   * @throws RefusedException when there is none, several or a wildcard: relational queries are not
   *     negotiated (PS3.4 C.4.1.2.1)
   */
  String single(QueryLevel above) throws RefusedException {
    List<String> values = values(above);
    if (values.size() != 1 || (above == QueryLevel.PATIENT && isWildcard(values.getFirst()))) {
      throw new RefusedException(
          DOES_NOT_MATCH, "One value is needed of a unique key above", above.uniqueKey());
    }
    return values.getFirst();
  }

  /**
   * The values of the level's own Unique Key, for a retrieval.
   *
   * @throws RefusedException when there is none
   */
  Set<String> wanted() throws RefusedException {
    List<String> values = values(level);
    if (values.isEmpty() || (level == QueryLevel.PATIENT && values.size() > 1)) {
      throw new RefusedException(
          DOES_NOT_MATCH, "The unique key of the level has no value", level.uniqueKey());
    }
    return Set.copyOf(values);
  }

  /** The values of the level's Unique Key, without empty ones. */
  List<String> values(QueryLevel of) {
    return keys.strings(of.uniqueKey()).stream().filter(value -> !value.isEmpty()).toList();
  }

  private static boolean isWildcard(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
  }
}
