/** A peer associates: who may, how many at once, and what each C-STORE is answered with. */
@NullMarked
package io.overread.gateway.association;

import org.jspecify.annotations.NullMarked;
