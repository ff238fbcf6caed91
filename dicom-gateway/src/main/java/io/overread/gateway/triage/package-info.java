/**
 * A complete study is sorted: when the model reads it, whether it does, which of its images, and
 * what it is asked, by rules that an administrator keeps.
 */
@NullMarked
package io.overread.gateway.triage;

import org.jspecify.annotations.NullMarked;
