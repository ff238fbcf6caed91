package io.overread.dicom.pixel;

/**
 * What a codec made of a frame.
 *
 * @param image as declared, with the layout of the cells and the colour space that the stream has
 * @param cells rows of pixels, the samples of a pixel next to each other, little endian
 */
record CodedFrame(ImagePixel image, byte[] cells) {}
