package io.overread.dicom.net;

import java.io.IOException;

/** Requests associations for storage: {@link Association#connect}, or another toolkit's way. */
@FunctionalInterface
public interface StorageRequestor {
  /**
   * Connects and associates.
   *
   * @throws AssociationRefusedException when the peer refuses
   * @throws IOException when it cannot be reached, or ends the connection
   */
  StorageAssociation connect(AssociationRequest request) throws IOException;
}
