/** The commands of the executable jar. */
@NullMarked
package io.overread.service.command;

import org.jspecify.annotations.NullMarked;
