package io.overread.gateway.dicomweb;

import io.overread.dicom.pixel.PixelLimits;
import io.overread.gateway.TestGateway;
import io.overread.gateway.capacity.CapacityConfiguration;
import io.overread.gateway.render.FrameRenderer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** DICOMweb over a gateway, on a real HTTP server; whoever asks is {@code reader}. */
final class DicomwebServer implements AutoCloseable {

  @EnableWebMvc
  static class Mvc {}

  private final Tomcat tomcat = new Tomcat();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  DicomwebServer(TestGateway gateway, int port, Map<String, Object> properties) {
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    spring.register(Mvc.class, DicomwebConfiguration.class, CapacityConfiguration.class);
    spring.addBeanFactoryPostProcessor(
        beans -> {
          beans.registerSingleton("dataSource", gateway.database.serviceDataSource());
          beans.registerSingleton("store", gateway.store);
          beans.registerSingleton("space", gateway.space);
          beans.registerSingleton("instances", gateway.instances);
          beans.registerSingleton("auditTrail", gateway.auditTrail);
          beans.registerSingleton("folder", gateway.folder);
          beans.registerSingleton("settling", gateway.settling);
          beans.registerSingleton("clock", gateway.clock);
          beans.registerSingleton(
              "transactions", Objects.requireNonNull(gateway.transaction.getTransactionManager()));
          beans.registerSingleton("renderer", new FrameRenderer(PixelLimits.STANDARD));
        });
    tomcat.setBaseDir(gateway.home.resolve("tomcat").toString());
    tomcat.setPort(port);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "dispatcher", new DispatcherServlet(spring));
    context.addServletMappingDecoded("/", "dispatcher");
    FilterDef filter = new FilterDef();
    filter.setFilterName("user");
    filter.setFilter(new SignedIn());
    context.addFilterDef(filter);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("user");
    everywhere.addURLPattern("/*");
    context.addFilterMap(everywhere);
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + WebRequest.ROOT + path;
  }

  HttpResponse<byte[]> get(String path, String accept) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path))).header("Accept", accept).GET().build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> post(String path, String contentType, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Content-Type", contentType)
            .header("Accept", "application/dicom+json")
            .POST(body)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    client.close();
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class SignedIn extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(
          new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
              return () -> "reader";
            }
          },
          response);
    }
  }
}
