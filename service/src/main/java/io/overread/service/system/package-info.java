/** How the service itself fares, for those who run it: a page, its API, and metrics. */
@NullMarked
package io.overread.service.system;

import org.jspecify.annotations.NullMarked;
