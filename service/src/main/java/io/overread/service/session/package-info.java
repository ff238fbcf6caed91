/** Who is at the console: users, roles, sign-in. */
@NullMarked
package io.overread.service.session;

import org.jspecify.annotations.NullMarked;
