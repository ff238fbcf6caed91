package io.overread.dicom.net.pdu;

import java.nio.ByteBuffer;

/**
 * A fragment of a DIMSE message, PS3.8 9.3.5.1 and Annex E.
 *
 * @param contextId the presentation context of the message, odd
 * @param command whether it is of the command set rather than the data set
 * @param last whether it is the last fragment of that set
 * @param fragment a view of the buffer of its {@link PduReader}: valid until the next PDU is read
 */
public record PresentationDataValue(
    int contextId, boolean command, boolean last, ByteBuffer fragment) {
  private static final int COMMAND = 1;
  private static final int LAST = 2;

  /** Checks the ID. */
  public PresentationDataValue {
    ProposedContext.requireId(contextId);
  }

  /** The message control header, PS3.8 E.2. */
  int header() {
    return (command ? COMMAND : 0) | (last ? LAST : 0);
  }

  static PresentationDataValue of(int contextId, int header, ByteBuffer fragment) {
    return new PresentationDataValue(
        contextId, (header & COMMAND) != 0, (header & LAST) != 0, fragment);
  }
}
