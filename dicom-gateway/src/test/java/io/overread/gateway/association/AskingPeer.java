package io.overread.gateway.association;

import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationAcceptor;
import io.overread.dicom.net.AssociationDecision;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.StoreResponse;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.RoleSelection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A peer of the toolkit that asks a gateway for one service, or is asked. */
public final class AskingPeer {

  private AskingPeer() {}

  /** An association with a gateway for one SOP Class, in both roles. */
  public static Association associate(int port, String callingAeTitle, String sopClassUid)
      throws IOException {
    return Association.connect(
        new AssociationRequest(
            new RemoteApplicationEntity(loopback(port), "OVERREAD"),
            callingAeTitle,
            List.of(new ProposedContext(1, sopClassUid, List.of(Uid.ImplicitVRLittleEndian))),
            null,
            List.of(new RoleSelection(sopClassUid, true, true)),
            RequestorSettings.DEFAULT));
  }

  /** An acceptor with one service. */
  public static AssociationAcceptor listen(DimseService service) throws IOException {
    return AssociationAcceptor.open(
        AcceptorSettings.on(loopback(0)),
        _ -> AssociationDecision.accept(),
        (_, _) -> StoreResponse.of(DimseStatus.NOT_AUTHORIZED),
        _ -> {},
        List.of(service));
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
