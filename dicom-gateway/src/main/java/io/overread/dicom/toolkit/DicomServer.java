package io.overread.dicom.toolkit;

import io.overread.dicom.net.AssociationLoad;
import java.util.List;

/** A server that listens. */
public interface DicomServer extends AutoCloseable {

  /** The ports that it listens on, one for each endpoint. */
  List<Integer> ports();

  /** The port of the first endpoint. */
  default int port() {
    return ports().getFirst();
  }

  /** How many associations there are now. */
  AssociationLoad load();

  /** Stops listening, lets running associations end for their time, then aborts the rest. */
  @Override
  void close();
}
