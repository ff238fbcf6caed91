/** Reports travel: which objects go to whom, by rule, until each is proven there or given up. */
@NullMarked
package io.overread.gateway.delivery;

import org.jspecify.annotations.NullMarked;
