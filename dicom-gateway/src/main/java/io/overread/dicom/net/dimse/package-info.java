/** DIMSE messages over P-DATA: command sets and data set streams, PS3.7 and PS3.8 Annex E. */
@NullMarked
package io.overread.dicom.net.dimse;

import org.jspecify.annotations.NullMarked;
