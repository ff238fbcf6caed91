package io.overread.reporting.fhir;

import ca.uhn.fhir.util.UrlUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** One page of a search. Pages are counted by offset, so the server keeps nothing between them. */
final class SearchPage<R extends DomainResource> {
  private final Shelf shelf;
  private final ServedType<R> type;
  private final SearchRequest search;
  private final List<ResourceTable.Hit<R>> hits;
  private final int total;

  SearchPage(Shelf shelf, ServedType<R> type, SearchRequest search) {
    this.shelf = shelf;
    this.type = type;
    this.search = search;
    this.total = shelf.table(type).count(search);
    this.hits = search.count() == 0 ? List.of() : shelf.table(type).search(search);
  }

  List<ResourceTable.Hit<R>> hits() {
    return hits;
  }

  List<String> ids() {
    return hits.stream().map(hit -> hit.resource().getIdPart()).toList();
  }

  Bundle bundle(String base, Map<String, String[]> parameters) {
    var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(total);
    bundle.addLink().setRelation("self").setUrl(url(base, parameters, search.offset()));
    int count = search.count();
    if (count > 0 && search.offset() + (long) count < total) {
      bundle.addLink().setRelation("next").setUrl(url(base, parameters, search.offset() + count));
    }
    if (count > 0 && search.offset() > 0) {
      bundle
          .addLink()
          .setRelation("previous")
          .setUrl(url(base, parameters, Math.max(0, search.offset() - count)));
    }
    hits.forEach(hit -> add(bundle, base, hit.resource(), SearchEntryMode.MATCH));
    included().forEach(resource -> add(bundle, base, resource, SearchEntryMode.INCLUDE));
    return bundle;
  }

  /** What the matches refer to, each once, and none that is a match itself. */
  private List<Resource> included() {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    for (var include : search.includes()) {
      for (var hit : hits) {
        for (var reference : type.references(include, hit.resource())) {
          if (reference.hasReference()) {
            var id = new IdType(reference.getReference());
            wanted
                .computeIfAbsent(id.getResourceType(), name -> new LinkedHashSet<>())
                .add(id.getIdPart());
          }
        }
      }
    }
    var included = new ArrayList<Resource>();
    wanted.forEach(
        (name, ids) -> {
          var table = shelf.table(name);
          if (table != null) {
            included.addAll(table.findAll(ids));
          }
        });
    return included;
  }

  private static void add(Bundle bundle, String base, Resource resource, SearchEntryMode mode) {
    bundle
        .addEntry()
        .setFullUrl(base + "/" + resource.fhirType() + "/" + resource.getIdPart())
        .setResource(resource)
        .getSearch()
        .setMode(mode);
  }

  private String url(String base, Map<String, String[]> parameters, int offset) {
    var query = new ArrayList<String>();
    parameters.forEach(
        (name, values) -> {
          if (!name.equals(SearchRequest.OFFSET)) {
            for (var value : values) {
              query.add(UrlUtil.escapeUrlParam(name) + "=" + UrlUtil.escapeUrlParam(value));
            }
          }
        });
    if (offset > 0) {
      query.add(SearchRequest.OFFSET + "=" + offset);
    }
    var url = base + "/" + type.name();
    return query.isEmpty() ? url : url + "?" + String.join("&", query);
  }
}
