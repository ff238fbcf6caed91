/** How much the model takes on at a time, and who comes first. */
@NullMarked
package io.overread.service.schedule;

import org.jspecify.annotations.NullMarked;
