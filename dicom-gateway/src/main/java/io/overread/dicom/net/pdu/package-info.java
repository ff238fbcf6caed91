/** The protocol data units of the DICOM upper layer, PS3.8 9.3 and PS3.7 Annex D. */
@NullMarked
package io.overread.dicom.net.pdu;

import org.jspecify.annotations.NullMarked;
