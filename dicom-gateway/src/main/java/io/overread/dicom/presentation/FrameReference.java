package io.overread.dicom.presentation;

/**
 * A frame of an image.
 *
 * @param frame from 1
 */
public record FrameReference(String sopInstanceUid, int frame) {}
