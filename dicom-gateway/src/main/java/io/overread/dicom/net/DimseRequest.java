package io.overread.dicom.net;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetReader;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.net.dimse.CommandSet;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request to a {@link DimseService}. Its SOP Class is that of its presentation context.
 *
 * @param command its command set
 * @param context its presentation context
 * @param dataSet the bytes of its data set as they arrive; empty where it has none
 * @param association who asks
 */
public record DimseRequest(
    CommandSet command, AcceptedContext context, InputStream dataSet, AssociationInfo association) {
  /** An identifier is small; a commitment request has two UIDs for each of its instances. */
  private static final ReadLimits LIMITS =
      new ReadLimits(8, 200_000, 64 * 1024, 16L << 20, 16L << 20);

  /** Its Command Field. */
  public int field() {
    return command.field();
  }

  /** Its SOP Class. */
  public String sopClassUid() {
    return context.abstractSyntaxUid();
  }

  /** Its Message ID, 0 where it has none. */
  public int messageId() {
    return command.messageId().orElse(0);
  }

  /**
   * Reads the data set.
   *
   * @return empty where there is none
   * @throws DicomFormatException when it is malformed or too large
   * @throws IOException when the association ends within it
   */
  public DataSet readDataSet() throws IOException {
    return new DataSetReader(LIMITS).read(dataSet, TransferSyntax.of(context.transferSyntaxUid()));
  }
}
