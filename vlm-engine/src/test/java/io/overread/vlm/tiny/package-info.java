/**
 * Tiny random models, made by {@code src/test/fixtures/tiny_models.py}, and what Python makes of
 * them.
 */
@NullMarked
package io.overread.vlm.tiny;

import org.jspecify.annotations.NullMarked;
