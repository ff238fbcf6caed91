/**
 * JPEG 2000 Part 1 (ITU-T T.800, ISO/IEC 15444-1) and High-Throughput JPEG 2000 (T.814, ISO/IEC
 * 15444-15), decoding only. {@link io.overread.dicom.pixel.jpeg2000.Codestream} is the way in. It
 * knows nothing of DICOM: what it refuses is a {@link
 * io.overread.dicom.pixel.jpeg2000.CodestreamException}. Clauses cited as A to G are T.800's.
 */
@NullMarked
package io.overread.dicom.pixel.jpeg2000;

import org.jspecify.annotations.NullMarked;
