/**
 * Grayscale Softcopy Presentation States (PS3.3 A.33.1, PS3.4 N): what was done with images to look
 * at them, read so that it can be done again. {@link
 * io.overread.dicom.presentation.PresentationState} is the way in; whatever a state holds, what
 * can't be followed is left out and named.
 */
@NullMarked
package io.overread.dicom.presentation;

import org.jspecify.annotations.NullMarked;
