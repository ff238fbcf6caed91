package io.overread.dicom.net;

import io.overread.dicom.net.dimse.DataSetSourceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * An association that we requested, as SCU of Verification and Storage. An {@link IOException} from
 * any operation means that it has ended.
 */
public interface StorageAssociation extends AutoCloseable {

  /** The presentation contexts that the peer accepted. */
  List<AcceptedContext> contexts();

  /** The accepted context for instances of that SOP Class in that transfer syntax. */
  default Optional<AcceptedContext> context(String sopClassUid, String transferSyntaxUid) {
    return contexts().stream()
        .filter(context -> context.abstractSyntaxUid().equals(sopClassUid))
        .filter(context -> context.transferSyntaxUid().equals(transferSyntaxUid))
        .findFirst();
  }

  /**
   * C-ECHO, PS3.7 9.1.5.
   *
   * @throws IllegalStateException when Verification was not accepted
   * @throws IOException when the association ends
   */
  DimseStatus echo() throws IOException;

  /**
   * C-STORE, PS3.7 9.1.1: sends the bytes of a data set to the end of the stream as they are.
   *
   * @throws IllegalStateException when no context for it was accepted
   * @throws DataSetSourceException when the stream fails; the association is aborted
   * @throws IOException when the association ends
   */
  StoreResponse store(
      String sopClassUid, String sopInstanceUid, String transferSyntaxUid, InputStream dataSet)
      throws IOException;

  /** Aborts the association. */
  void abort();

  /** Releases the association, if it has not ended. */
  @Override
  void close();
}
