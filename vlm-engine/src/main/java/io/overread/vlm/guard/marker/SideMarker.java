package io.overread.vlm.guard.marker;

/**
 * A side marker on an image.
 *
 * @param side what it says
 * @param mirrored whether its letters are mirrored
 * @param x of its centre, as a share of the image's width
 * @param y of its centre, as a share of the image's height
 * @param likeness to the letter's shape, up to 1
 */
public record SideMarker(Side side, boolean mirrored, double x, double y, double likeness) {}
