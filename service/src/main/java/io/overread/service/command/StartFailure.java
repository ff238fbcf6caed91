package io.overread.service.command;

import io.overread.db.DatabaseException;
import io.overread.vlm.failure.EngineException;
import java.io.UncheckedIOException;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Tells an administrator in a few lines why the service doesn't start, where the cause is one that
 * only they can remove. Registered in {@code META-INF/spring.factories}.
 */
public final class StartFailure implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String action =
          switch (cause) {
            case DatabaseException e ->
                "See OVERREAD_HOME and OVERREAD_DB_URL, _USER and _PASSWORD in the README.";
            case EngineException e ->
                "Check the model with: java -jar overread.jar model verify FOLDER, or leave"
                    + " OVERREAD_MODEL unset.";
            case BindException e ->
                "Another program has the port: set OVERREAD_DICOM_PORT or OVERREAD_HTTP_PORT.";
            case UncheckedIOException e ->
                "See that the data folder (OVERREAD_HOME) can be written.";
            case IllegalArgumentException e
                when e.getMessage() != null && e.getMessage().startsWith("OVERREAD_") ->
                "Change that setting.";
            default -> null;
          };
      if (action != null) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action, failure);
      }
    }
    return null;
  }
}
