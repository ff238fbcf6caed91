/**
 * DICOM data sets: elements, values, transfer syntaxes, and reading and writing them (PS3.5,
 * PS3.10).
 *
 * <p>Everything read here may be hostile. Whatever the bytes, a reader ends with a data set or with
 * a {@link io.overread.dicom.data.DicomFormatException}, within the memory that its {@link
 * io.overread.dicom.data.ReadLimits} allow.
 */
@NullMarked
package io.overread.dicom.data;

import org.jspecify.annotations.NullMarked;
