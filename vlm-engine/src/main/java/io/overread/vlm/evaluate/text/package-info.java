/** How near one text comes to another; knows neither models nor data sets. */
@NullMarked
package io.overread.vlm.evaluate.text;

import org.jspecify.annotations.NullMarked;
