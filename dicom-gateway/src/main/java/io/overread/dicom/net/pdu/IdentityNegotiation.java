package io.overread.dicom.net.pdu;

/** The user identity sub-item: a claim in a request, an answer in an acceptance, PS3.7 D.3.3.7. */
public sealed interface IdentityNegotiation permits UserIdentity, UserIdentityAnswer {}
