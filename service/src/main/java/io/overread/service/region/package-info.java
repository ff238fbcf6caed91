/** Where on its images the model sees what it says. */
@NullMarked
package io.overread.service.region;

import org.jspecify.annotations.NullMarked;
