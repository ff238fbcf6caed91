/** The command that measures how fast the engine is. */
@NullMarked
package io.overread.vlm.measure;

import org.jspecify.annotations.NullMarked;
