package io.overread.dicom.toolkit;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomObject;
import io.overread.dicom.net.AcceptorSettings;
import io.overread.dicom.net.Association;
import io.overread.dicom.net.AssociationAcceptor;
import io.overread.dicom.net.AssociationListener;
import io.overread.dicom.net.AssociationLoad;
import io.overread.dicom.net.AssociationPolicy;
import io.overread.dicom.net.AssociationRequest;
import io.overread.dicom.net.DimseService;
import io.overread.dicom.net.StorageAssociation;
import io.overread.dicom.net.StoreHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The toolkit of this project. */
public final class OwnToolkit implements DicomToolkit {

  /** The name of this toolkit. */
  public static final String NAME = "own";

  private record Server(AssociationAcceptor acceptor) implements DicomServer {
    @Override
    public List<Integer> ports() {
      return acceptor.ports();
    }

    @Override
    public AssociationLoad load() {
      return acceptor.load();
    }

    @Override
    public void close() {
      acceptor.close();
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DicomServer listen(
      AcceptorSettings settings,
      AssociationPolicy policy,
      StoreHandler handler,
      AssociationListener events,
      List<DimseService> services)
      throws IOException {
    return new Server(AssociationAcceptor.open(settings, policy, handler, events, services));
  }

  @Override
  public StorageAssociation connect(AssociationRequest request) throws IOException {
    return Association.connect(request);
  }

  @Override
  public DicomObject read(Path file) throws IOException {
    DicomFile read = DicomFile.open(file);
    return new DicomObject(read.transferSyntax(), read.meta().elements(), read.dataSet());
  }
}
