/** The studies as the console lists them, live. */
@NullMarked
package io.overread.service.worklist;

import org.jspecify.annotations.NullMarked;
