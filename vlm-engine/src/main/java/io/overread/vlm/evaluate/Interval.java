package io.overread.vlm.evaluate;

/**
 * A figure and what it could as well have been.
 *
 * @param measured the figure; NaN where there is none
 * @param low where the 95 % interval starts; NaN where there is none
 * @param high where it ends
 */
record Interval(double measured, double low, double high) {}
