/**
 * What goes wrong in the engine, as unchecked exceptions: a folder that is no model, a prompt that
 * does not fit, a run that failed.
 */
@NullMarked
package io.overread.vlm.failure;

import org.jspecify.annotations.NullMarked;
