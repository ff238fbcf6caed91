/** How much is taken in: what is acknowledged when, and when peers have to wait. */
@NullMarked
package io.overread.gateway.capacity;

import org.jspecify.annotations.NullMarked;
