package io.overread.gateway.query;

import io.overread.dicom.net.DimseResponse;
import io.overread.dicom.net.DimseStatus;
import java.util.List;

/** A request that is refused with a status, before anything is done for it. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient DimseResponse response;

  RefusedException(DimseStatus status, String comment, Integer... offendingElements) {
    super(comment);
    this.response =
        new DimseResponse(
            status,
            comment,
            List.of(offendingElements),
            new io.overread.dicom.data.DataSet(),
            null);
  }

  DimseResponse response() {
    return response;
  }
}
