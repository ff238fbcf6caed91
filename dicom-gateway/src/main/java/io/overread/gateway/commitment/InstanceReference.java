package io.overread.gateway.commitment;

/**
 * An instance that is to be committed to. Both are UIDs.
 *
 * @param sopClassUid Referenced SOP Class UID (0008,1150)
 * @param sopInstanceUid Referenced SOP Instance UID (0008,1155)
 */
public record InstanceReference(String sopClassUid, String sopInstanceUid) {}
