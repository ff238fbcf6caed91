package io.overread.dicom.net;

import java.io.IOException;
import java.io.InputStream;

/** Stores what peers send. Called on the thread of each association, for many at once. */
@FunctionalInterface
public interface StoreHandler {
  /**
   * Stores one instance. The stream gives the bytes of the data set as they arrive, in the transfer
   * syntax of the request and without file meta information. It ends only where the peer ended the
   * data set: when the association is lost before, reading throws an {@link IOException}, and
   * nothing may be kept as complete.
   *
   * <p>The handler need not read all; what it leaves is drained before the response goes out. It
   * may not use the stream after it returns.
   *
   * @return what the peer is told
   * @throws IOException when reading fails; any other exception, or an IOException while the
   *     association lives, answers {@link DimseStatus#PROCESSING_FAILURE} and the association goes
   *     on
   */
  StoreResponse store(StoreRequest request, InputStream dataSet) throws IOException;

  /** The peer asks for the release of its association; it is answered when this comes back. */
  default void releasing(AssociationInfo association) {}
}
