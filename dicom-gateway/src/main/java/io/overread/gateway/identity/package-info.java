/** Whom a peer names as its user, and whether that can be believed (PS3.7 D.3.3.7). */
@NullMarked
package io.overread.gateway.identity;

import org.jspecify.annotations.NullMarked;
