/** The finding battery: the yes/no questions of a catalogue, scored for one study. */
@NullMarked
package io.overread.vlm.finding;

import org.jspecify.annotations.NullMarked;
