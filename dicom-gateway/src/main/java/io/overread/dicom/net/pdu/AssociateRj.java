package io.overread.dicom.net.pdu;

/**
 * A-ASSOCIATE-RJ, PS3.8 9.3.4.
 *
 * @param result permanent or transient
 * @param reason source and reason
 */
public record AssociateRj(RejectResult result, RejectReason reason) implements Pdu {}
