package io.overread.dicom.net;

/**
 * How busy an acceptor is.
 *
 * @param associations that are established
 * @param waiting that wait for one of them to end
 */
public record AssociationLoad(int associations, int waiting) {}
