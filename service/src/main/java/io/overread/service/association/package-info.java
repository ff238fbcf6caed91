/** How the gateway listens, for those who run it. */
@NullMarked
package io.overread.service.association;

import org.jspecify.annotations.NullMarked;
