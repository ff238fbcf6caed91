/** What the model found: the life of an analysis and the findings it records. */
@NullMarked
package io.overread.reporting.finding;

import org.jspecify.annotations.NullMarked;
