package io.overread.gateway.study;

import org.jspecify.annotations.Nullable;

/**
 * What the first instance said of the study (PS3.3 C.7.2.1), decoded to Unicode.
 *
 * @param accessionNumber Accession Number (0008,0050)
 * @param studyId Study ID (0020,0010); never a key, many senders leave it blank
 * @param studyDate Study Date (0008,0020), YYYYMMDD
 * @param studyTime Study Time (0008,0030), as sent
 * @param studyDescription Study Description (0008,1030)
 * @param referringPhysicianName Referring Physician's Name (0008,0090)
 */
public record StudyAttributes(
    @Nullable String accessionNumber,
    @Nullable String studyId,
    @Nullable String studyDate,
    @Nullable String studyTime,
    @Nullable String studyDescription,
    @Nullable String referringPhysicianName) {}
