package io.overread.gateway.priors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An earlier study of the same patient that is held.
 *
 * @param studyDate YYYYMMDD, as its first instance said
 * @param studyDescription as its first instance said
 * @param modalities of its series, each once, in order
 * @param instanceCount how many instances of it are held
 */
public record PriorStudy(
    String studyInstanceUid,
    @Nullable String studyDate,
    @Nullable String studyDescription,
    List<String> modalities,
    int instanceCount) {}
