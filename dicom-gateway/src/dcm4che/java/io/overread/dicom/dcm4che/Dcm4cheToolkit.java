package io.overread.dicom.dcm4che;

import io.overread.dicom.data.DicomObject;
import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.AssociationListener;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.StorageAssociation;
import io.overread.dicom.net.StoreHandler;
import io.overread.dicom.toolkit.DicomServer;
import io.overread.dicom.toolkit.DicomToolkit;
import io.overread.dicom.toolkit.OwnToolkit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * dcm4che as the toolkit. Its server listens without TLS and serves Verification and Storage; a
 * peer over TLS is called by our own toolkit.
 */
public final class Dcm4cheToolkit implements DicomToolkit {

  private final DicomToolkit own = new OwnToolkit();

  /** For {@link java.util.ServiceLoader}. */
  public Dcm4cheToolkit() {}

  @Override
  public String name() {
    return "dcm4che";
  }

  /** The services are not served: contexts of their SOP Classes are refused as not supported. */
  @Override
  public DicomServer listen(
      AcceptorSettings settings,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener events,
      List<DimseService> services)
      throws IOException {
    if (settings.endpoints().stream().anyMatch(endpoint -> endpoint.tls() != null)) {
      throw new IOException(
          "the dcm4che toolkit does not listen over TLS; set overread.dicom.toolkit=own");
    }
    return Dcm4cheServer.open(settings, new Acceptance(settings, policy, handler, events));
  }

  @Override
  public StorageAssociation connect(AssociationRequest request) throws IOException {
    return request.remote().tls() == null
        ? Dcm4cheAssociation.connect(request)
        : own.connect(request);
  }

  @Override
  public DicomObject read(Path file) throws IOException {
    return Dcm4cheFile.read(file);
  }
}
