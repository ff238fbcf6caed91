package io.overread.dicom.net.dimse;

import io.overread.dicom.net.association.Indication;

/** What a {@link DimseReceiver} receives. */
public sealed interface Incoming {
  /**
   * A message.
   *
   * @param contextId its presentation context
   * @param command its command set
   * @param dataSet its data set, empty where it has none; to be finished before the next message
   */
  record Message(int contextId, CommandSet command, DataSetInputStream dataSet)
      implements Incoming {}

  /** The peer asks for the release. */
  record ReleaseRequested() implements Incoming {}

  /**
   * The association has ended.
   *
   * @param end how
   */
  record Ended(Indication.Ended end) implements Incoming {}
}
