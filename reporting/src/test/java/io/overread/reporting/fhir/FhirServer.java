package io.overread.reporting.fhir;

import ca.uhn.fhir.context.FhirContext;
import io.overread.reporting.Desk;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/** The FHIR servlet in a Tomcat on a port of its own, over a desk's database. */
final class FhirServer implements AutoCloseable {
  private final Tomcat tomcat = new Tomcat();
  private final HttpClient client = HttpClient.newHttpClient();
  final Desk desk = new Desk();
  final String base;

  FhirServer() {
    try {
      Path folder = Files.createTempDirectory("fhir");
      tomcat.setBaseDir(folder.toString());
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      var context = tomcat.addContext("", folder.toString());
      Tomcat.addServlet(
          context,
          "fhir",
          new FhirServlet(
              desk.jdbc,
              desk.transactions,
              desk.audit,
              desk.clock,
              new FhirSettings("Test Hospital", null),
              request -> request.getHeader("X-Reader")));
      context.addServletMappingDecoded("/fhir/*", "fhir");
      tomcat.start();
      base = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/fhir";
    } catch (IOException | LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  /** GET as the user reader. */
  HttpResponse<String> get(String pathAndQuery) {
    return send(
        HttpRequest.newBuilder(URI.create(base + "/" + pathAndQuery.replace("|", "%7C")))
            .header("X-Reader", "reader"));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  <R extends IBaseResource> R read(Class<R> type, String pathAndQuery) {
    var response = get(pathAndQuery);
    if (response.statusCode() != 200) {
      throw new AssertionError(pathAndQuery + ": " + response.statusCode() + response.body());
    }
    return FhirContext.forR4Cached().newJsonParser().parseResource(type, response.body());
  }

  Bundle search(String pathAndQuery) {
    return read(Bundle.class, pathAndQuery);
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    } finally {
      desk.close();
    }
  }
}
