package io.overread.gateway.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What every service needs of a request: who asks, from where, and what is accepted.
 *
 * @param baseUrl such as {@code http://host:8080/dicomweb}, as the client sees it
 */
public record WebRequest(HttpServletRequest servlet, String baseUrl) {

  /** The path under which all of DICOMweb is. */
  public static final String ROOT = "/dicomweb";

  /**
   * A request.
   *
   * @param publicUrl how clients reach {@link #ROOT}; empty for what the request itself says
   */
  public static WebRequest of(HttpServletRequest servlet, String publicUrl) {
    if (!publicUrl.isEmpty()) {
      return new WebRequest(servlet, publicUrl);
    }
    StringBuffer url = servlet.getRequestURL();
    String origin = url.substring(0, url.length() - servlet.getRequestURI().length());
    return new WebRequest(servlet, origin + servlet.getContextPath() + ROOT);
  }

  /** The user's name, for the audit trail. */
  public String user() {
    return servlet.getUserPrincipal() == null ? "nobody" : servlet.getUserPrincipal().getName();
  }

  /** Where the connection comes from. */
  public String remoteAddress() {
    return servlet.getRemoteAddr();
  }

  /**
   * What is accepted, the most wanted first: by the query parameter {@code accept} if there is one
   * (PS3.18 8.3.3.1), else by the header; without either, anything.
   */
  public List<MediaRange> accepted() {
    String[] parameters = servlet.getParameterValues("accept");
    List<String> stated =
        parameters != null
            ? Arrays.stream(parameters).map(WebRequest::withPlus).toList()
            : Collections.list(servlet.getHeaders("Accept"));
    return MediaRange.accepted(stated.isEmpty() ? List.of("*/*") : stated);
  }

  /** In a query an unescaped plus is a blank. */
  private static String withPlus(String accept) {
    return accept.replace("/dicom json", "/dicom+json").replace("/dicom xml", "/dicom+xml");
  }

  /** The URL of a study, series or instance. */
  public String url(String study, String... below) {
    StringBuilder url = new StringBuilder(baseUrl()).append("/studies/").append(study);
    for (int index = 0; index < below.length; index++) {
      url.append(index == 0 ? "/series/" : "/instances/").append(below[index]);
    }
    return url.toString();
  }

  /**
   * Whether attributes are answered in XML, in parts, rather than in JSON (PS3.18 8.7.3).
   *
   * @param what which answer that is, for who accepts neither
   */
  public boolean wantsXml(String what) {
    for (MediaRange range : accepted()) {
      if (!range.isMultipart()
          && (range.allows(ResourceType.JSON) || range.allows("application/json"))) {
        return false;
      }
      if (range.allows(ResourceType.XML)) {
        return true;
      }
    }
    throw DicomwebProblem.notAcceptable(
        what
            + " application/dicom+json, or multipart/related with"
            + " type=\"application/dicom+xml\".");
  }
}
