package io.overread.dicom.net;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The services of an acceptor by the SOP Classes that they serve. */
final class ServiceRegistry {
  private final List<DimseService> services;
  private final Map<String, DimseService> bySopClass = new HashMap<>();

  /**
   * With the services.
   *
   * @throws IllegalArgumentException when two serve the same SOP Class
   */
  ServiceRegistry(List<DimseService> services) {
    this.services = List.copyOf(services);
    for (DimseService service : services) {
      for (String sopClassUid : service.sopClassUids()) {
        if (bySopClass.put(sopClassUid, service) != null) {
          throw new IllegalArgumentException("two services of SOP Class " + sopClassUid);
        }
      }
    }
  }

  Optional<DimseService> find(String sopClassUid) {
    return Optional.ofNullable(bySopClass.get(sopClassUid));
  }

  boolean requestorMayBeScp(String sopClassUid) {
    return services.stream().anyMatch(service -> service.requestorMayBeScp(sopClassUid));
  }
}
