package io.overread.vlm.model;

/**
 * Which model it is, for reports and the audit.
 *
 * @param name the name that its folder states, otherwise the folder's own
 * @param version the version that its folder states, otherwise {@code unversioned}
 * @param digest SHA-256, in hex, over {@code <sha256> <path>\n} of the folder's files sorted by
 *     path
 */
public record ModelIdentity(String name, String version, String digest) {}
