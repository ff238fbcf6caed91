/** The application entities that the gateway knows by name. */
@NullMarked
package io.overread.gateway.peer;

import org.jspecify.annotations.NullMarked;
