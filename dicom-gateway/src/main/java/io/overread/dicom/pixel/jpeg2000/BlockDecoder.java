package io.overread.dicom.pixel.jpeg2000;

/** Decodes the coefficients of code-blocks. */
interface BlockDecoder {

  /**
   * Decodes a code-block.
   *
   * @param block with at least one pass
   * @param data its bytes, at the start of an array that may be longer; they may be changed
   * @param band that it belongs to
   * @return twice each coefficient, row by row, with a one below the bits that are known; valid
   *     until the next call
   */
  int[] decode(CodeBlock block, byte[] data, Band band);
}
