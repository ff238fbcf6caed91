package io.overread.dicom.net.dimse;

import io.overread.dicom.net.association.Indication;
import io.overread.dicom.net.association.UpperLayer;
import io.overread.dicom.net.pdu.AbortReason;
import io.overread.dicom.net.pdu.PresentationDataValue;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts DIMSE messages together from P-DATA, PS3.8 Annex E. Holds one PDU and one command set at a
 * time; data sets stream. For the one thread that receives.
 */
public final class DimseReceiver {
  /** Longest command set that is read; real ones have some 200 bytes. */
  static final int LONGEST_COMMAND_SET = 32 * 1024;

  private final UpperLayer layer;
  private final Set<Integer> contextIds;
  private Iterator<PresentationDataValue> values = List.<PresentationDataValue>of().iterator();
  private Incoming interruption = new Incoming.Ended(new Indication.Closed());

  /** With the IDs of the accepted presentation contexts. */
  public DimseReceiver(UpperLayer layer, Set<Integer> contextIds) {
    this.layer = layer;
    this.contextIds = Set.copyOf(contextIds);
  }

  /** Waits for the next message, the release or the end. What breaks PS3.8 Annex E is aborted. */
  public Incoming next() {
    ByteArrayOutputStream command = new ByteArrayOutputStream(256);
    int contextId = 0;
    while (true) {
      PresentationDataValue value = nextValue(command.size() > 0);
      if (value == null) {
        return interruption;
      }
      if (!value.command() || (contextId != 0 && contextId != value.contextId())) {
        return abort("a fragment that is not of the command set that was to come");
      }
      contextId = value.contextId();
      if (command.size() + value.fragment().remaining() > LONGEST_COMMAND_SET) {
        return abort("a command set of more than " + LONGEST_COMMAND_SET + " bytes");
      }
      byte[] fragment = new byte[value.fragment().remaining()];
      value.fragment().get(fragment);
      command.writeBytes(fragment);
      if (value.last()) {
        return message(contextId, command.toByteArray());
      }
    }
  }

  /** Whether {@link #next} has something to begin with, or gets it within the time. */
  public boolean hasInput(Duration time) {
    return values.hasNext() || layer.hasInput(time);
  }

  private Incoming message(int contextId, byte[] bytes) {
    try {
      CommandSet command = CommandSet.decode(bytes, bytes.length);
      DataSetInputStream dataSet = new DataSetInputStream(this, contextId, !command.hasDataSet());
      return new Incoming.Message(contextId, command, dataSet);
    } catch (InvalidCommandException e) {
      return abort(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The next fragment, or null when something else came; what that was is the interruption.
   *
   * @param withinMessage whether the message has begun, so that its rest may not take as long as
   *     the next message may
   */
  @Nullable PresentationDataValue nextValue(boolean withinMessage) {
    while (!values.hasNext()) {
      switch (withinMessage ? layer.receiveMore() : layer.receive()) {
        case Indication.DataReceived(var data) -> values = data.values().iterator();
        case Indication.ReleaseRequested _ -> {
          interruption = new Incoming.ReleaseRequested();
          return null;
        }
        case Indication.Ended end -> {
          interruption = new Incoming.Ended(end);
          return null;
        }
        case Indication.ReleaseConfirmed _,
            Indication.AssociateRequested _,
            Indication.AssociateAccepted _,
            Indication.AssociateRefused _ ->
            throw new IllegalStateException("not an indication of an established association");
      }
    }
    PresentationDataValue value = values.next();
    if (!contextIds.contains(value.contextId())) {
      String detail = "a fragment of presentation context " + value.contextId();
      layer.abortInvalidPdu(AbortReason.INVALID_PDU_PARAMETER_VALUE, detail);
      values = List.<PresentationDataValue>of().iterator();
      return nextValue(withinMessage);
    }
    return value;
  }

  /** Aborts as the user of the upper layer; nothing more is received. */
  public Incoming abort(String detail) {
    layer.abort(detail);
    values = List.<PresentationDataValue>of().iterator();
    interruption = new Incoming.Ended(new Indication.AbortedByUs(AbortReason.SERVICE_USER, detail));
    return interruption;
  }

  Incoming interruption() {
    return interruption;
  }
}
