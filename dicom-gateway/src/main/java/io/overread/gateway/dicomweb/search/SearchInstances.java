package io.overread.gateway.dicomweb.search;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.dicomweb.DicomwebProperties;
import io.overread.gateway.dicomweb.ResourceType;
import io.overread.gateway.dicomweb.WebRequest;
import io.overread.gateway.dicomweb.model.BulkDataLinks;
import io.overread.gateway.dicomweb.model.JsonModelWriter;
import io.overread.gateway.dicomweb.model.XmlModelWriter;
import io.overread.gateway.dicomweb.multipart.MultipartWriter;
import io.overread.gateway.instance.StoredInstances;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** The Search transaction (PS3.18 10.6). */
public final class SearchInstances {

  private final SearchStatement statement;
  private final IncludedAttributes included;
  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;
  private final int mostResults;

  /** A search over the tables of the gateway. */
  public SearchInstances(
      DataSource dataSource,
      StoredInstances instances,
      AuditTrail auditTrail,
      TransactionTemplate transaction,
      DicomwebProperties properties) {
    this.statement = new SearchStatement(dataSource);
    this.included = new IncludedAttributes(instances);
    this.auditTrail = auditTrail;
    this.transaction = transaction;
    this.mostResults = properties.mostResults();
  }

  /**
   * Searches and answers: 200 also where nothing matches, with an empty list.
   *
   * @param study the study of the path, if it names one
   * @param series the series of the path, if it names one
   */
  public void search(
      WebRequest request,
      SearchLevel level,
      @Nullable String study,
      @Nullable String series,
      HttpServletResponse response)
      throws IOException {
    SearchRequest asked =
        SearchRequest.of(
            new SearchRequest.Scope(level, study, series),
            request.servlet().getParameterMap(),
            mostResults);
    boolean xml = request.wantsXml("Results are");
    List<SearchResult> found = audited(request, asked);
    boolean more = found.size() > asked.page().limit();
    List<SearchResult> results = more ? found.subList(0, asked.page().limit()) : found;
    warn(request, response, asked, more);
    for (SearchResult result : results) {
      result.attributes().putString(Tag.RetrieveURL, url(request, result));
      included.add(result, asked.included());
    }
    if (xml) {
      MultipartWriter parts = new MultipartWriter(response.getOutputStream());
      response.setContentType(parts.contentType(ResourceType.XML));
      for (SearchResult result : results) {
        XmlModelWriter.write(
            result.attributes(), BulkDataLinks.NONE, parts.part(ResourceType.XML, null));
      }
      parts.end();
      return;
    }
    response.setContentType(ResourceType.JSON);
    try (JsonModelWriter writer = JsonModelWriter.array(response.getOutputStream())) {
      for (SearchResult result : results) {
        writer.write(result.attributes(), BulkDataLinks.NONE);
      }
    }
  }

  /** The search and the record of it; of what was searched by, the keywords and no value. */
  private List<SearchResult> audited(WebRequest request, SearchRequest asked) {
    List<SearchResult> found =
        transaction.execute(
            status -> {
              List<SearchResult> results = statement.run(asked);
              auditTrail.append(
                  new AuditAct(
                      AuditAction.INSTANCES_SEARCHED,
                      Outcome.SUCCESS,
                      "user:" + request.user(),
                      asked.study(),
                      asked.series(),
                      Map.of(
                          "level", asked.level().name(),
                          "matched",
                              asked.matches().stream()
                                  .map(match -> SearchRequest.keyword(match.key()))
                                  .sorted()
                                  .collect(Collectors.joining(",")),
                          "results",
                              Integer.toString(Math.min(results.size(), asked.page().limit())),
                          "remoteAddress", request.remoteAddress())));
              return results;
            });
    return found;
  }

  private static void warn(
      WebRequest request, HttpServletResponse response, SearchRequest asked, boolean more) {
    if (asked.page().fuzzy()) {
      warning(
          request,
          response,
          "The fuzzymatching parameter is not supported. Only literal matching has been"
              + " performed.");
    }
    if (more) {
      warning(request, response, "There are additional results that can be requested.");
    }
    if (asked.level() != SearchLevel.INSTANCE
        && !IncludedAttributes.areInTables(asked.included())) {
      warning(request, response, "Some attributes of includefield are known of instances only.");
    }
  }

  private static void warning(WebRequest request, HttpServletResponse response, String text) {
    response.addHeader("Warning", "299 " + request.baseUrl() + " \"" + text + "\"");
  }

  private static String url(WebRequest request, SearchResult result) {
    String series = result.series();
    String instance = result.instance();
    return instance != null && series != null
        ? request.url(result.study(), series, instance)
        : series != null ? request.url(result.study(), series) : request.url(result.study());
  }
}
