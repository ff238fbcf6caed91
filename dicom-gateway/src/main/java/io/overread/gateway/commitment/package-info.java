/** Storage Commitment (PS3.4 J): we answer for what we hold, and ask peers for what we sent. */
@NullMarked
package io.overread.gateway.commitment;

import org.jspecify.annotations.NullMarked;
