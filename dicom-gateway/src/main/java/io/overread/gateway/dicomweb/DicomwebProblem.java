package io.overread.gateway.dicomweb;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** An expected error (PS3.18 8.5), told to the caller as a problem detail (RFC 9457). */
public final class DicomwebProblem extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  /** Seconds after which a full store may be asked again. */
  public static final String RETRY_AFTER = "60";

  private DicomwebProblem(HttpStatus status, String detail) {
    super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }

  /** 400: what was asked is malformed. */
  public static DicomwebProblem badRequest(String detail) {
    return new DicomwebProblem(HttpStatus.BAD_REQUEST, detail);
  }

  /** 404: there is no such thing here. */
  public static DicomwebProblem notFound(String detail) {
    return new DicomwebProblem(HttpStatus.NOT_FOUND, detail);
  }

  /** 406: it is here, but not in a form that the caller accepts. */
  public static DicomwebProblem notAcceptable(String detail) {
    return new DicomwebProblem(HttpStatus.NOT_ACCEPTABLE, detail);
  }

  /** 410: it was here. */
  public static DicomwebProblem gone(String detail) {
    return new DicomwebProblem(HttpStatus.GONE, detail);
  }

  /** 413: it is more than is taken or given at once. */
  public static DicomwebProblem tooLarge(String detail) {
    return new DicomwebProblem(HttpStatus.CONTENT_TOO_LARGE, detail);
  }

  /** 415: the body is of a kind that isn't taken. */
  public static DicomwebProblem unsupportedMediaType(String detail) {
    return new DicomwebProblem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  /** 503: not at present. */
  public static DicomwebProblem unavailable(String detail) {
    DicomwebProblem problem = new DicomwebProblem(HttpStatus.SERVICE_UNAVAILABLE, detail);
    problem.getHeaders().set("Retry-After", RETRY_AFTER);
    return problem;
  }
}
