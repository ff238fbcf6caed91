package io.overread.gateway.association;

import io.overread.db.TestDatabase;
import io.overread.gateway.SpringGateway;
import io.overread.gateway.study.StudyCompletion;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateway in a process of its own, for tests that kill it. */
final class GatewayProcess {

  private GatewayProcess() {}

  /** The table to which the process adds what follows a completed study. */
  static void createTable(JdbcClient rows) {
    rows.sql(
            "create table followed (study_instance_uid text, revision integer,"
                + " primary key (study_instance_uid, revision))")
        .update();
  }

  /**
   * Starts it.
   *
   * @param wrapper a command that runs the rest of its arguments, or nothing
   */
  static Process start(TestDatabase database, Path home, List<String> wrapper) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            GatewayProcess.class.getName(),
            database.url(),
            "overread_service",
            database.servicePassword(),
            home.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Waits for it to listen. */
  static int portOf(Process gateway) throws IOException {
    BufferedReader output = gateway.inputReader();
    String line;
    while ((line = output.readLine()) != null) {
      if (line.startsWith("PORT ")) {
        return Integer.parseInt(line.substring(5));
      }
    }
    throw new AssertionError("the gateway did not start");
  }

  /** Arguments: JDBC address, user, password, data folder. Prints its port, then serves. */
  public static void main(String[] arguments) throws InterruptedException {
    DataSource dataSource = SpringGateway.pool(arguments[0], arguments[1], arguments[2]);
    JdbcClient jdbc = JdbcClient.create(dataSource);
    // What follows a completed study is a row in the transaction that closes it.
    StudyCompletion completion =
        study ->
            jdbc.sql("insert into followed (study_instance_uid, revision) values (?, ?)")
                .param(study.studyInstanceUid())
                .param(study.revision())
                .update();
    SpringGateway gateway =
        new SpringGateway(
            dataSource,
            completion,
            Map.of(
                "overread.home", arguments[3],
                "overread.dicom-port", "0",
                "overread.study-quiet-seconds", "300ms",
                "overread.storage.free-space-floor", "0B"));
    System.out.println("PORT " + gateway.port());
    Thread.currentThread().join();
  }
}
