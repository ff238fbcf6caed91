/** What an administrator can set. */
@NullMarked
package io.overread.service.settings;

import org.jspecify.annotations.NullMarked;
