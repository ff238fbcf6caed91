package io.overread.dicom.net.pdu;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns the content of a PDU, what follows its length, into its record. */
final class PduDecoder {
  private PduDecoder() {}

  static Pdu decode(int type, ByteBuffer content) throws InvalidPduException {
    ItemReader reader = new ItemReader(content);
    try {
      return switch (type) {
        case PduType.ASSOCIATE_RQ -> AssociateDecoder.request(reader);
        case PduType.ASSOCIATE_AC -> AssociateDecoder.acceptance(reader);
        case PduType.ASSOCIATE_RJ -> rejection(reader);
        case PduType.P_DATA_TF -> data(reader);
        case PduType.RELEASE_RQ -> new ReleaseRq();
        case PduType.RELEASE_RP -> new ReleaseRp();
        case PduType.ABORT -> abort(reader);
        default -> throw new InvalidPduException(AbortReason.UNRECOGNIZED_PDU, "PDU type " + type);
      };
    } catch (IllegalArgumentException e) {
      throw new InvalidPduException(AbortReason.INVALID_PDU_PARAMETER_VALUE, messageOf(e));
    }
  }

  private static String messageOf(IllegalArgumentException e) {
    String message = e.getMessage();
    return message == null ? "invalid value" : message;
  }

  private static AssociateRj rejection(ItemReader reader) throws InvalidPduException {
    reader.skip(1);
    int result = reader.unsigned8();
    int source = reader.unsigned8();
    int reason = reader.unsigned8();
    return new AssociateRj(
        result == RejectResult.REJECTED_TRANSIENT.code()
            ? RejectResult.REJECTED_TRANSIENT
            : RejectResult.REJECTED_PERMANENT,
        RejectReason.of(source, reason));
  }

  private static Abort abort(ItemReader reader) throws InvalidPduException {
    reader.skip(2);
    int source = reader.unsigned8();
    return new Abort(AbortReason.of(source, reader.unsigned8()));
  }

  private static PDataTf data(ItemReader reader) throws InvalidPduException {
    List<PresentationDataValue> values = new ArrayList<>(1);
    while (reader.hasMore()) {
      long length = reader.unsigned32();
      if (length < 2 || length > reader.remaining()) {
        throw new InvalidPduException(
            AbortReason.INVALID_PDU_PARAMETER_VALUE,
            "a presentation data value of " + length + " bytes");
      }
      int contextId = reader.unsigned8();
      int header = reader.unsigned8();
      values.add(PresentationDataValue.of(contextId, header, reader.view((int) length - 2)));
    }
    return new PDataTf(values);
  }
}
