/** An instance arrives: bytes to disk, row and audit entry to the database, then Success. */
@NullMarked
package io.overread.gateway.instance;

import org.jspecify.annotations.NullMarked;
