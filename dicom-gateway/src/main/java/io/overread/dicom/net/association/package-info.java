/** The state machine of the DICOM upper layer, PS3.8 9.2, and the connection that it drives. */
@NullMarked
package io.overread.dicom.net.association;

import org.jspecify.annotations.NullMarked;
