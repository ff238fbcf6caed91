package io.overread.dicom.data;

/** The value field of a data element: octets, the items of a sequence, or pixel data fragments. */
public sealed interface Value permits Octets, Sequence, Fragments {}
