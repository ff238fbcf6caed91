package io.overread.service.system;

import io.overread.gateway.capacity.Capacity;
import io.overread.gateway.capacity.CapacityProperties;
import io.overread.gateway.tls.CertificateWatch;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The state of the service, for the console's System page. */
@RestController
class SystemController {

  private final Capacity capacity;
  private final CapacityProperties marks;
  private final CertificateWatch certificates;

  SystemController(Capacity capacity, CapacityProperties marks, CertificateWatch certificates) {
    this.capacity = capacity;
    this.marks = marks;
    this.certificates = certificates;
  }

  @GetMapping("/api/system")
  @Operation(
      summary =
          "Whether instances are taken in, how far the marks are, and when certificates expire")
  SystemView system() {
    return SystemView.of(capacity.intake(), capacity.load(), marks, certificates);
  }
}
