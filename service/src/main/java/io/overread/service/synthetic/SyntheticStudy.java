package io.overread.service.synthetic;

import java.nio.file.Path;

/**
 * A synthetic study of one file.
 *
 * @param description its Study Description
 */
public record SyntheticStudy(
    Path file, String studyInstanceUid, String accessionNumber, String description) {}
