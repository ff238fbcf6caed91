package io.overread.dicom.net.pdu;

/**
 * The acceptor believed the user identity, PS3.7 D.3.3.7.2.
 *
 * @param serverResponse what the mechanism answers; empty for user name and passcode
 */
public record UserIdentityAnswer(Bytes serverResponse) implements IdentityNegotiation {}
