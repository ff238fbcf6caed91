/** Reports go out: from what reporting knows to what the gateway sends, and the view of it. */
@NullMarked
package io.overread.service.delivery;

import org.jspecify.annotations.NullMarked;
