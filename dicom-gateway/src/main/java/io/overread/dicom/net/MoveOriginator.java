package io.overread.dicom.net;

/**
 * On whose behalf a C-MOVE has something stored, PS3.7 9.1.1.1.
 *
 * @param aeTitle who asked for the move
 * @param messageId Message ID of its request
 */
public record MoveOriginator(String aeTitle, int messageId) {}
