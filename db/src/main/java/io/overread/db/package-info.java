/** The database: where it runs, its roles and its migrations. */
@NullMarked
package io.overread.db;

import org.jspecify.annotations.NullMarked;
