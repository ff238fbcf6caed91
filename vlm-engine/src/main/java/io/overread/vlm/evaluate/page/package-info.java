/** An HTML page with plots that needs nothing from elsewhere; knows nothing of what is measured. */
@NullMarked
package io.overread.vlm.evaluate.page;

import org.jspecify.annotations.NullMarked;
