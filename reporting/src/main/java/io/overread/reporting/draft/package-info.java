/** The draft: what the model wrote, kept as it was written. */
@NullMarked
package io.overread.reporting.draft;

import org.jspecify.annotations.NullMarked;
