/** Earlier studies of the same patient, fetched from archives for comparison. */
@NullMarked
package io.overread.gateway.priors;

import org.jspecify.annotations.NullMarked;
