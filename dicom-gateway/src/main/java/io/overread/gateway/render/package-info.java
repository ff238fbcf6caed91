/** The step from stored instances to images: for the model, for a browser, for a viewer. */
@NullMarked
package io.overread.gateway.render;

import org.jspecify.annotations.NullMarked;
