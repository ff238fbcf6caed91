/** The gateway as a product: its settings and how its parts are wired. */
@NullMarked
package io.overread.gateway;

import org.jspecify.annotations.NullMarked;
