package io.overread.dicom.net.pdu;

/**
 * A-ABORT, PS3.8 9.3.8.
 *
 * @param reason source and reason
 */
public record Abort(AbortReason reason) implements Pdu {}
