package io.overread.dicom.net;

import java.io.IOException;
import java.util.Set;

/**
 * A service that an acceptor performs beside Verification and Storage, such as C-FIND or an
 * N-service. Called on the thread of each association, for many at once.
 */
public interface DimseService {
  /**
   * The SOP Classes that it serves. Presentation contexts of them are accepted in implicit and
   * explicit VR little endian.
   */
  Set<String> sopClassUids();

  /**
   * Whether a requestor may be SCP of that SOP Class, where it asks for that role (PS3.7 D.3.3.4):
   * of storage for C-GET, of an N-service to report events to us. Asked also for SOP Classes that
   * this service does not serve.
   */
  default boolean requestorMayBeScp(String sopClassUid) {
    return false;
  }

  /**
   * Serves one request: responds at least once, the last time with {@link DimseResponder#respond}.
   * What it leaves of the data set is drained before the first response.
   *
   * @throws IOException when the association ends; any other exception, or an IOException while the
   *     association lives, answers {@link DimseStatus#PROCESSING_FAILURE}, and the association goes
   *     on
   */
  void serve(DimseRequest request, DimseResponder responder) throws IOException;
}
