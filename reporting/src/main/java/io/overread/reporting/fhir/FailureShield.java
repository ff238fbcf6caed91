package io.overread.reporting.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps what went wrong inside from those outside: HAPI would send the SQL along. Public because
 * HAPI asks for it.
 */
@Interceptor
public final class FailureShield {
  private static final Logger LOG = LoggerFactory.getLogger(FailureShield.class);

  /** The answer to a failure that isn't the client's. */
  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public @Nullable BaseServerResponseException shield(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataAccessException || cause instanceof TransactionException) {
        LOG.error("A FHIR request failed at the database", failure);
        // What may pass by itself is worth another try; a broken query is not.
        return cause instanceof NonTransientDataAccessException
            ? new InternalErrorException("The database refused; the server's log says why")
            : new UnclassifiedServerFailureException(503, "The database is not available now");
      }
    }
    if (failure instanceof BaseServerResponseException expected && expected.getStatusCode() < 500) {
      return null;
    }
    LOG.error("A FHIR request failed", failure);
    return new InternalErrorException("The server failed; its log says why");
  }
}
