package io.overread.dicom.data;

/**
 * What a DICOM file says, whoever read it.
 *
 * @param transferSyntax how the data set was read
 * @param meta the elements of group 0002; none where the file has no meta information
 * @param dataSet the data set; values may be {@link Region}s of the file
 */
public record DicomObject(TransferSyntax transferSyntax, DataSet meta, DataSet dataSet) {}
