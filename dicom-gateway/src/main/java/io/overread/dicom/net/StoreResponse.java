package io.overread.dicom.net;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a C-STORE, PS3.7 9.3.1.2.
 *
 * @param status Status (0000,0900)
 * @param errorComment Error Comment (0000,0902); on the wire its first 64 characters of ASCII
 * @param offendingElements Offending Element (0000,0901) as tags {@code 0xGGGGEEEE}
 */
public record StoreResponse(
    DimseStatus status, @Nullable String errorComment, List<Integer> offendingElements) {
  /** Stored. */
  public static final StoreResponse SUCCESS = of(DimseStatus.SUCCESS);

  /** Copies the list. */
  public StoreResponse {
    offendingElements = List.copyOf(offendingElements);
  }

  /** A status without more. */
  public static StoreResponse of(DimseStatus status) {
    return new StoreResponse(status, null, List.of());
  }

  /** A status and why. The comment must not hold patient data. */
  public static StoreResponse of(DimseStatus status, String errorComment) {
    return new StoreResponse(status, errorComment, List.of());
  }
}
