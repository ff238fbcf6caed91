package io.overread.dicom.net.pdu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user information item, PS3.8 9.3.2.3 and PS3.7 D.3.3.
 *
 * @param maximumLength the longest P-DATA-TF that this side receives, in bytes; 0 for any
 * @param implementation who this side is
 * @param operationsWindow asynchronous operations window, where negotiated
 * @param roles SCP/SCU role selections
 * @param extendedNegotiations SOP Class extended negotiations
 * @param identity user identity, or the answer to it
 */
public record UserInformation(
    long maximumLength,
    Implementation implementation,
    @Nullable OperationsWindow operationsWindow,
    List<RoleSelection> roles,
    List<ExtendedNegotiation> extendedNegotiations,
    @Nullable IdentityNegotiation identity) {
  /** Checks the length and copies the lists. */
  public UserInformation {
    if (maximumLength < 0 || maximumLength > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("a maximum length has 32 bits");
    }
    roles = List.copyOf(roles);
    extendedNegotiations = List.copyOf(extendedNegotiations);
  }
}
