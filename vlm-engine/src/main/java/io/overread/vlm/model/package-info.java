/**
 * A model's folder: what its files say, whether they are the files they should be, and the folder
 * that ships in the jar.
 */
@NullMarked
package io.overread.vlm.model;

import org.jspecify.annotations.NullMarked;
