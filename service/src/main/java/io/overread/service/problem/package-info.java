/** Errors as RFC 9457 problem details. */
@NullMarked
package io.overread.service.problem;

import org.jspecify.annotations.NullMarked;
