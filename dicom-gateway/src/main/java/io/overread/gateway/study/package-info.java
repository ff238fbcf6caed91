/** A study gathers instances, falls quiet and is complete; later arrivals make a new revision. */
@NullMarked
package io.overread.gateway.study;

import org.jspecify.annotations.NullMarked;
