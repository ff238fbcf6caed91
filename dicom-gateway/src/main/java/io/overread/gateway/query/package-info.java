/** Peers ask for what is held, and have it sent: C-FIND, C-GET and C-MOVE as SCP (PS3.4 C). */
@NullMarked
package io.overread.gateway.query;

import org.jspecify.annotations.NullMarked;
