/**
 * Question sets in the files that their authors publish, read into one form. What is wrong with a
 * file is an IllegalArgumentException whose message names it.
 */
@NullMarked
package io.overread.vlm.evaluate.published;

import org.jspecify.annotations.NullMarked;
