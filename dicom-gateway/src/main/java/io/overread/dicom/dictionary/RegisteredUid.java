package io.overread.dicom.dictionary;

/**
 * A row of the UID registry of PS3.6 Annex A.
 *
 * @param type such as {@code SOP Class} or {@code Transfer Syntax}
 * @param keyword such as {@code CTImageStorage}; empty where the standard gives none
 */
public record RegisteredUid(
    String uid, String type, String keyword, String name, boolean retired) {}
