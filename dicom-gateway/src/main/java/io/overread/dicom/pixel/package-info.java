/**
 * Frames of pixel data: from encoded bytes to stored values, and from stored values to grey and
 * colour (PS3.3 C.7.6.3, C.11.1, C.11.2; PS3.5 8, A.4, G). {@link
 * io.overread.dicom.pixel.FrameDecoder} is the way in; whatever a file holds, the answer is a
 * {@link io.overread.dicom.pixel.FrameDecoding}.
 */
@NullMarked
package io.overread.dicom.pixel;

import org.jspecify.annotations.NullMarked;
