package io.overread.dicom.net;

/**
 * A C-STORE-RQ, PS3.7 9.3.1.1. The UIDs have the characters and length of UIDs; the SOP Class is
 * that of the presentation context.
 *
 * @param messageId Message ID (0000,0110), 0 to FFFF
 * @param sopClassUid Affected SOP Class UID (0000,0002)
 * @param sopInstanceUid Affected SOP Instance UID (0000,1000)
 * @param transferSyntaxUid how the data set that follows is encoded
 * @param association who sends it
 */
public record StoreRequest(
    int messageId,
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    AssociationInfo association) {}
