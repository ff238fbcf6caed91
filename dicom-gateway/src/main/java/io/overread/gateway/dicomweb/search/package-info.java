/** QIDO-RS: studies, series and instances by their attributes (PS3.18 10.6). */
@NullMarked
package io.overread.gateway.dicomweb.search;

import org.jspecify.annotations.NullMarked;
