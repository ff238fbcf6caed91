package io.overread.dicom.dcm4che;

import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.PduLengths;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.dicom.net.pdu.UserIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.RoleSelection;
import org.dcm4che3.net.pdu.UserIdentityRQ;

/** A dcm4che device that requests one association. */
record Requestor(
    ApplicationEntity entity, Connection remote, AAssociateRQ pdu, DeviceThreads threads) {

  /** dcm4che times the sending of a C-STORE as a whole, where we time each PDU. */
  private static final int PDUS_OF_A_LARGE_OBJECT = 10;

  static Requestor of(AssociationRequest request) {
    Device device = new Device("overread-scu");
    Connection local = local(request.settings());
    ApplicationEntity entity = new ApplicationEntity(request.callingAeTitle());
    device.addConnection(local);
    entity.addConnection(local);
    device.addApplicationEntity(entity);
    Connection remote =
        new Connection(
            null, request.remote().address().getHostString(), request.remote().address().getPort());
    return new Requestor(entity, remote, pdu(request), DeviceThreads.of(device));
  }

  Association connect()
      throws IOException,
          InterruptedException,
          IncompatibleConnectionException,
          GeneralSecurityException {
    return entity.connect(remote, pdu);
  }

  private static Connection local(RequestorSettings settings) {
    int response = (int) settings.response().toMillis();
    Connection local = new Connection();
    local.setConnectTimeout((int) settings.connect().toMillis());
    local.setAcceptTimeout(response);
    local.setResponseTimeout(response);
    local.setReleaseTimeout(response);
    local.setSendTimeout((int) settings.send().toMillis());
    local.setStoreTimeout((int) settings.send().toMillis() * PDUS_OF_A_LARGE_OBJECT);
    local.setReceivePDULength(settings.maximumPduLength());
    local.setSendPDULength(PduLengths.LONGEST);
    return local;
  }

  private static AAssociateRQ pdu(AssociationRequest request) {
    AAssociateRQ pdu = new AAssociateRQ();
    pdu.setCallingAET(request.callingAeTitle());
    pdu.setCalledAET(request.remote().aeTitle());
    for (ProposedContext context : request.contexts()) {
      pdu.addPresentationContext(
          new PresentationContext(
              context.id(),
              context.abstractSyntax(),
              context.transferSyntaxes().toArray(String[]::new)));
    }
    request
        .roles()
        .forEach(
            role ->
                pdu.addRoleSelection(
                    new RoleSelection(role.sopClassUid(), role.scu(), role.scp())));
    UserIdentity identity = request.userIdentity();
    if (identity != null) {
      pdu.setUserIdentityRQ(
          new UserIdentityRQ(
              identity.type().code(),
              identity.positiveResponseRequested(),
              identity.primaryField().toByteArray(),
              identity.secondaryField().toByteArray()));
    }
    return pdu;
  }
}
