package io.overread.service.problem;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** An expected error of the API, told to the caller as a problem detail. */
public final class Problem extends ErrorResponseException {
  private static final long serialVersionUID = 1;

  public Problem(HttpStatus status, String detail) {
    super(status, org.springframework.http.ProblemDetail.forStatusAndDetail(status, detail), null);
  }

  /** There is no such thing here. */
  public static Problem notFound(String detail) {
    return new Problem(HttpStatus.NOT_FOUND, detail);
  }
}
