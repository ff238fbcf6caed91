/** The audit trail as the console shows it. */
@NullMarked
package io.overread.service.trail;

import org.jspecify.annotations.NullMarked;
