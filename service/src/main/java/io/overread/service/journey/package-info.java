/** A complete study becomes a draft: the durable tasks between the modules. */
@NullMarked
package io.overread.service.journey;

import org.jspecify.annotations.NullMarked;
