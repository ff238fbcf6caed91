package io.overread.gateway.association;

import io.overread.gateway.SpringGateway;
import io.overread.gateway.study.StudyCompletion;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The gateway in a process of its own, for tests that kill it. */
final class GatewayProcess {

  private GatewayProcess() {}

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
