package io.overread.dicom.net.association;

import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.Pdu;
import org.jspecify.annotations.Nullable;

/**
 * What comes with an event.
 *
 * @param pdu what was received, if a PDU was
 * @param reason what the peer is told should the event abort the association
 * @param detail the same for us
 */
record Input(@Nullable Pdu pdu, AbortReason reason, String detail) {
  static final Input NONE = new Input(null, AbortReason.REASON_NOT_SPECIFIED, "");

  static Input fault(AbortReason reason, String detail) {
    return new Input(null, reason, detail);
  }

  <T extends Pdu> T pdu(Class<T> type) {
    if (pdu == null) {
      throw new IllegalStateException("an event without its " + type.getSimpleName());
    }
    return type.cast(pdu);
  }
}
