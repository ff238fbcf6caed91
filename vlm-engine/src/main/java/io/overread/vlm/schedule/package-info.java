/**
 * Who uses a model next: work is admitted by urgency and memory, and then takes turns on the
 * model's compute, one run of a graph at a time.
 */
@NullMarked
package io.overread.vlm.schedule;

import org.jspecify.annotations.NullMarked;
