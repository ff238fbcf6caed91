package io.overread.gateway.association;

import io.overread.dicom.net.DimseRequest;
import io.overread.dicom.net.DimseResponder;
import io.overread.dicom.net.DimseService;
import io.overread.gateway.instance.InstanceStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * A service that finds whatever was acknowledged before: rows follow an acknowledgement, and a peer
 * that asks for what it has just sent, or for a commitment to it, must not be told that it isn't
 * here.
 */
public final class AfterRows implements DimseService {

  private static final Duration AT_MOST = Duration.ofSeconds(5);

  private final DimseService service;
  private final InstanceStore store;

  /** The service over the rows of that store. */
  public AfterRows(DimseService service, InstanceStore store) {
    this.service = service;
    this.store = store;
  }

  @Override
  public Set<String> sopClassUids() {
    return service.sopClassUids();
  }

  @Override
  public boolean requestorMayBeScp(String sopClassUid) {
    return service.requestorMayBeScp(sopClassUid);
  }

  @Override
  public void serve(DimseRequest request, DimseResponder responder) throws IOException {
    store.awaitRows(AT_MOST);
    service.serve(request, responder);
  }
}
