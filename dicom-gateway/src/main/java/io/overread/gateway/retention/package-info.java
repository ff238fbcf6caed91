/** How long images stay: deleted by policy, kept by hold. */
@NullMarked
package io.overread.gateway.retention;

import org.jspecify.annotations.NullMarked;
