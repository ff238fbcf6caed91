/** Synthetic chest radiographs for the demo. */
@NullMarked
package io.overread.service.synthetic;

import org.jspecify.annotations.NullMarked;
