/**
 * From a BufferedImage to the numbers that the vision encoder reads, as Pillow and the hub's image
 * processors compute them.
 */
@NullMarked
package io.overread.vlm.image;

import org.jspecify.annotations.NullMarked;
