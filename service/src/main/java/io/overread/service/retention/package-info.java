/** How long the images of a study stay, as people see and change it. */
@NullMarked
package io.overread.service.retention;

import org.jspecify.annotations.NullMarked;
