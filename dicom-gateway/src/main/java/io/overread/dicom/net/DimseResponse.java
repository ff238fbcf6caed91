package io.overread.dicom.net;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.net.dimse.CommandSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response of PS3.7 9.3 or 10.3.
 *
 * @param status Status (0000,0900)
 * @param errorComment Error Comment (0000,0902); on the wire its first 64 characters of ASCII
 * @param offendingElements Offending Element (0000,0901) as tags {@code 0xGGGGEEEE}
 * @param parameters other elements of group 0000, such as numbers of sub-operations
 * @param dataSet its data set, if there is one
 */
public record DimseResponse(
    DimseStatus status,
    @Nullable String errorComment,
    List<Integer> offendingElements,
    DataSet parameters,
    @Nullable DataSet dataSet) {
  /** Copies what can change. */
  public DimseResponse {
    offendingElements = List.copyOf(offendingElements);
    parameters = parameters.copy();
  }

  /** A status without more. */
  public static DimseResponse of(DimseStatus status) {
    return new DimseResponse(status, null, List.of(), new DataSet(), null);
  }

  /** A status and why. The comment must not hold patient data. */
  public static DimseResponse of(DimseStatus status, String errorComment) {
    return new DimseResponse(status, errorComment, List.of(), new DataSet(), null);
  }

  /** The same with a data set. */
  public DimseResponse withDataSet(DataSet added) {
    return new DimseResponse(status, errorComment, offendingElements, parameters, added);
  }

  /** The same with elements of group 0000. */
  public DimseResponse withParameters(DataSet added) {
    return new DimseResponse(status, errorComment, offendingElements, added, dataSet);
  }

  /** What a peer answered. */
  static DimseResponse from(CommandSet response, @Nullable DataSet dataSet) {
    return new DimseResponse(
        new DimseStatus(response.status().orElseThrow()),
        response.errorComment().orElse(null),
        response.offendingElements(),
        response.elements(),
        dataSet);
  }

  CommandSet to(CommandSet request) {
    return request.respond(
        status.code(), errorComment, offendingElements, parameters, dataSet != null);
  }

  StoreResponse toStoreResponse() {
    return new StoreResponse(status, errorComment, offendingElements);
  }
}
