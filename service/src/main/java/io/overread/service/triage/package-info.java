/** The triage rules, as an administrator keeps and tries them. */
@NullMarked
package io.overread.service.triage;

import org.jspecify.annotations.NullMarked;
