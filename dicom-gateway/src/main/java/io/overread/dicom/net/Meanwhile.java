package io.overread.dicom.net;

import io.overread.dicom.net.dimse.Incoming;
import java.io.IOException;

/** What is done with what comes before the final response to a request of ours. */
interface Meanwhile {
  /** Nothing but the response may come. */
  Meanwhile NOTHING = new Meanwhile() {};

  /** A pending response; false to cancel the request. */
  default boolean pending(DimseResponse response) {
    return true;
  }

  /** A request of the peer; false when it may not come now, which aborts. */
  default boolean serve(Incoming.Message request) throws IOException {
    return false;
  }

  /** The peer releases the association; false when it may not, which aborts. */
  default boolean mayRelease() {
    return false;
  }
}
