/**
 * The DICOM data dictionary: tags, value representations and UIDs of PS3.6.
 *
 * <p>{@code Tag} and {@code Uid} are generated at build time from the tables in this package's
 * resources, which {@link io.overread.dicom.dictionary.DataElementDictionary} and {@link
 * io.overread.dicom.dictionary.UidDictionary} also answer from.
 */
@NullMarked
package io.overread.dicom.dictionary;

import org.jspecify.annotations.NullMarked;
