package io.overread.dicom.net;

/**
 * A presentation context that both sides agreed on.
 *
 * @param id Presentation-context-ID, odd, 1 to 255
 * @param abstractSyntaxUid the SOP Class
 * @param transferSyntaxUid the encoding of its data sets
 */
public record AcceptedContext(int id, String abstractSyntaxUid, String transferSyntaxUid) {}
