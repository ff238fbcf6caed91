package io.overread.gateway.dicomweb;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Problems are written whatever the request accepts: a client of images asks for no JSON. */
@RestControllerAdvice(basePackageClasses = DicomwebAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class DicomwebAdvice {

  @ExceptionHandler
  ResponseEntity<ProblemDetail> problem(DicomwebProblem problem, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      // Half an answer must not look like a whole one: the connection breaks off.
      throw new IOException("an answer that had begun can't be finished", problem);
    }
    response.resetBuffer();
    return ResponseEntity.status(problem.getStatusCode())
        .headers(problem.getHeaders())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.getBody());
  }
}
