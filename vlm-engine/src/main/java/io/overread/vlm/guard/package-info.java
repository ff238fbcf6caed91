/** What the model should not have said, or was shown in vain: each guard one class. */
@NullMarked
package io.overread.vlm.guard;

import org.jspecify.annotations.NullMarked;
