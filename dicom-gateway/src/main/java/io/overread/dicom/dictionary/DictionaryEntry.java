package io.overread.dicom.dictionary;

/**
 * A row of the data dictionary of PS3.6.
 *
 * @param tag eight hexadecimal digits; {@code x} stands for any digit in repeating groups
 * @param valueRepresentation as the standard prints it, such as {@code PN} or {@code US or SS};
 *     empty for items and delimiters
 * @param valueMultiplicity as the standard prints it, such as {@code 1} or {@code 2-2n}
 * @param keyword such as {@code PatientName}; empty where the standard gives none
 * @param name such as {@code Patient's Name}
 * @param retired whether the standard has retired the element
 */
public record DictionaryEntry(
    String tag,
    String valueRepresentation,
    String valueMultiplicity,
    String keyword,
    String name,
    boolean retired) {}
