package io.overread.service.command;

import io.overread.service.EarlyStart;
import io.overread.service.ServiceApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code serve}: the service, until the process is told to stop. */
final class Serve {
  private Serve() {}

  static int run() {
    start();
    return CommandLine.SERVING;
  }

  static ConfigurableApplicationContext start() {
    SpringApplication service = new SpringApplication(ServiceApplication.class);
    service.addListeners(new EarlyStart());
    return service.run();
  }
}
