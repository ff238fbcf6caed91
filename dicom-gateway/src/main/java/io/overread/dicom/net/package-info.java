/**
 * DICOM network associations: a storage SCP ({@link io.overread.dicom.net.AssociationAcceptor}) and
 * a storage SCU ({@link io.overread.dicom.net.Association}, {@link
 * io.overread.dicom.net.StorageScu}) over the upper layer of PS3.8 and the DIMSE messages of PS3.7.
 *
 * <p>Data sets travel as streams: the memory that an association needs is one PDU, whatever the
 * size of the object.
 */
@NullMarked
package io.overread.dicom.net;

import org.jspecify.annotations.NullMarked;
