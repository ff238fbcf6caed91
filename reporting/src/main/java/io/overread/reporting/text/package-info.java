/** Text from people and from the model, checked before it reaches a table. */
@NullMarked
package io.overread.reporting.text;

import org.jspecify.annotations.NullMarked;
