package io.overread.dicom.net.pdu;

/** Turns the records of PDUs into bytes. */
final class PduEncoder {
  private PduEncoder() {}

  static void encode(Pdu pdu, ItemWriter out) {
    switch (pdu) {
      case AssociateRq request ->
          out.pdu(PduType.ASSOCIATE_RQ, () -> AssociateEncoder.request(request, out));
      case AssociateAc acceptance ->
          out.pdu(PduType.ASSOCIATE_AC, () -> AssociateEncoder.acceptance(acceptance, out));
      case AssociateRj rejection -> out.pdu(PduType.ASSOCIATE_RJ, () -> rejection(rejection, out));
      case PDataTf data -> out.pdu(PduType.P_DATA_TF, () -> data(data, out));
      case ReleaseRq _ -> out.pdu(PduType.RELEASE_RQ, () -> out.zeros(4));
      case ReleaseRp _ -> out.pdu(PduType.RELEASE_RP, () -> out.zeros(4));
      case Abort abort -> out.pdu(PduType.ABORT, () -> abort(abort, out));
    }
  }

  private static void rejection(AssociateRj rejection, ItemWriter out) {
    out.zeros(1);
    out.unsigned8(rejection.result().code());
    out.unsigned8(rejection.reason().source());
    out.unsigned8(rejection.reason().code());
  }

  private static void data(PDataTf data, ItemWriter out) {
    for (PresentationDataValue value : data.values()) {
      out.unsigned32(value.fragment().remaining() + 2L);
      out.unsigned8(value.contextId());
      out.unsigned8(value.header());
      out.bytes(value.fragment());
    }
  }

  private static void abort(Abort abort, ItemWriter out) {
    out.zeros(2);
    out.unsigned8(abort.reason().source());
    out.unsigned8(abort.reason().code());
  }
}
