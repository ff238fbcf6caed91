package io.overread.vlm.family;

/**
 * How one image lies in a prompt.
 *
 * @param tokens image tokens that stand for it
 * @param gridRows as {@link PreparedImage#gridRows()}
 * @param gridColumns as {@link PreparedImage#gridColumns()}
 */
public record ImageLayout(int tokens, int gridRows, int gridColumns) {}
