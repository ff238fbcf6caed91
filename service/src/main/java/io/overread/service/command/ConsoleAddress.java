package io.overread.service.command;

import org.springframework.context.ApplicationContext;

/** Where the console is, for a person on this machine. */
final class ConsoleAddress {
  private ConsoleAddress() {}

  static String of(ApplicationContext service) {
    var environment = service.getEnvironment();
    String port = environment.getProperty("local.server.port", "8080");
    String host = environment.getProperty("server.address", "127.0.0.1");
    boolean any = host.equals("0.0.0.0") || host.equals("::") || host.equals("127.0.0.1");
    return "http://" + (any ? "localhost" : host) + ":" + port + "/";
  }
}
