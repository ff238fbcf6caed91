/** A radiologist asks, the model answers. */
@NullMarked
package io.overread.service.question;

import org.jspecify.annotations.NullMarked;
