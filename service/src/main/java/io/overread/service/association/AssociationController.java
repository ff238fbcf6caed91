package io.overread.service.association;

import io.overread.gateway.association.ListeningState;
import io.overread.gateway.association.StorageScp;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where DICOM is listened to, how busy that is, and which certificate is in use. */
@RestController
class AssociationController {
  private final StorageScp scp;

  AssociationController(StorageScp scp) {
    this.scp = scp;
  }

  @GetMapping("/api/associations")
  @Operation(summary = "How DICOM is listened to: ports, associations, our certificate")
  ListeningState state() {
    return scp.state();
  }
}
