/** Frames for the console's viewer. */
@NullMarked
package io.overread.service.viewer;

import org.jspecify.annotations.NullMarked;
