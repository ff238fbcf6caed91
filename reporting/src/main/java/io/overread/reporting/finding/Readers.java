package io.overread.reporting.finding;

import org.jspecify.annotations.Nullable;

/**
 * Which models read a study.
 *
 * @param drafting writes the text and is asked for the findings
 * @param contrastive scores the findings beside it; null where none does
 */
public record Readers(ModelIdentity drafting, @Nullable ContrastiveReader contrastive) {}
