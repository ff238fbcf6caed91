package io.overread.service.problem;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** An expected error of the API, told to the caller as a problem detail. */
public final class Problem extends ErrorResponseException {
  private static final long serialVersionUID = 1;

  public Problem(HttpStatus status, String detail) {
    super(status, org.springframework.http.ProblemDetail.forStatusAndDetail(status, detail), null);
  }

  /** Too much to do; RFC 9110, 15.6.4. */
  public static Problem busy(String detail, Duration retryAfter) {
    Problem problem = new Problem(HttpStatus.SERVICE_UNAVAILABLE, detail);
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()));
    return problem;
  }

  /** There is no such thing here. */
  public static Problem notFound(String detail) {
    return new Problem(HttpStatus.NOT_FOUND, detail);
  }
}
