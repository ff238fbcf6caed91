package io.overread.service.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Problem details for what the security filters turn away, before any controller is reached. */
@Component
public class ProblemWriter implements AuthenticationEntryPoint, AccessDeniedHandler {
  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException problem)
      throws IOException {
    boolean tried = request.getHeader("Authorization") != null;
    // A scheme of our own: with "Basic" the browser would ask for, and then keep, the password.
    response.setHeader("WWW-Authenticate", "Session realm=\"Overread\"");
    write(
        response,
        HttpStatus.UNAUTHORIZED,
        tried && problem.getMessage() != null ? problem.getMessage() : "Sign in first.");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException problem)
      throws IOException {
    write(
        response,
        HttpStatus.FORBIDDEN,
        problem instanceof CsrfException
            ? "The request lacks the header X-XSRF-TOKEN with the value of the cookie XSRF-TOKEN."
            : "Your roles don't allow this.");
  }

  private void write(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(body));
  }
}
