package io.overread.gateway.association;

import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.DimseStatus;
import io.overread.dicom.net.RemoteApplicationEntity;
import io.overread.dicom.net.RequestorSettings;
import io.overread.dicom.net.pdu.ProposedContext;
import io.overread.gateway.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A peer that sends samples over real associations. */
final class TestPeer {

  private TestPeer() {}

  static Association associate(int port, String calledAeTitle) throws IOException {
    return Association.connect(
        new AssociationRequest(
            new RemoteApplicationEntity(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), calledAeTitle),
            "TESTSCU",
            List.of(
                new ProposedContext(
                    1, Sample.SOP_CLASS, List.of(Sample.of(1, 1).transferSyntax().uid()))),
            null,
            RequestorSettings.DEFAULT));
  }

  static DimseStatus store(Association association, Sample sample) throws IOException {
    return association
        .store(
            Sample.SOP_CLASS,
            sample.sopInstanceUid(),
            sample.transferSyntax().uid(),
            sample.stream())
        .status();
  }
}
