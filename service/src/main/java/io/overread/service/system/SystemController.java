package io.overread.service.system;

import io.overread.gateway.capacity.Capacity;
import io.overread.gateway.capacity.CapacityProperties;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The state of the service, for the console's System page. */
@RestController
class SystemController {

  private final Capacity capacity;
  private final CapacityProperties marks;

  SystemController(Capacity capacity, CapacityProperties marks) {
    this.capacity = capacity;
    this.marks = marks;
  }

  @GetMapping("/api/system")
  @Operation(summary = "Whether instances are taken in, and how far the marks are")
  SystemView system() {
    return SystemView.of(capacity.intake(), capacity.load(), marks);
  }
}
