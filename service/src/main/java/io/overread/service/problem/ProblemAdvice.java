package io.overread.service.problem;

import io.overread.reporting.text.InvalidTextException;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every error of the API is a problem detail (RFC 9457); the unexpected ones tell no internals. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ProblemDetail notSignedIn(AuthenticationException e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.UNAUTHORIZED,
        e.getMessage() == null ? "The name or the password is wrong." : e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail unusable(InvalidTextException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
  }

  @ExceptionHandler
  ProblemDetail unexpected(RuntimeException e) {
    UUID reference = UUID.randomUUID();
    LOG.error("unexpected error {}", reference, e);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here; the service's log has it under " + reference + ".");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String fields =
        e.getFieldErrors().stream()
            .map(field -> field.getField() + " " + field.getDefaultMessage())
            .sorted()
            .collect(Collectors.joining("; "));
    e.getBody().setDetail(fields);
    return super.handleMethodArgumentNotValid(e, headers, status, request);
  }
}
