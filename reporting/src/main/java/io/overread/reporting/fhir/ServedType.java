package io.overread.reporting.fhir;

import io.overread.audit.AuditAction;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * A type of resource as we serve it.
 *
 * @param resource HAPI's class of it
 * @param rows a query with one row for each resource; has the columns {@code id} (text), {@code
 *     last_updated} and {@code study_instance_uid} (may be null)
 * @param render makes the resource of a row
 * @param parameters what it can be searched by
 * @param includes the references that a search may follow, by name
 * @param audited how reading it is audited; null: it holds no patient's data
 */
record ServedType<R extends DomainResource>(
    Class<R> resource,
    String rows,
    RowMapper<R> render,
    List<SearchParameter> parameters,
    Map<String, Function<R, List<Reference>>> includes,
    @Nullable AuditAction audited) {

  ServedType {
    parameters =
        Stream.concat(
                Stream.of(
                    new SearchParameter(
                        "_id",
                        SearchParamType.TOKEN,
                        "The logical id",
                        id -> Condition.of("id = ?", id)),
                    DateParameter.instant("_lastUpdated", "When it last changed", "last_updated")),
                parameters.stream())
            .toList();
    includes = Map.copyOf(includes);
  }

  /** Its name in FHIR, such as {@code DiagnosticReport}. */
  String name() {
    return resource.getSimpleName();
  }

  List<String> parameterNames() {
    return parameters.stream().map(SearchParameter::name).sorted().toList();
  }

  List<String> includeNames() {
    return includes.keySet().stream().map(name -> name() + ":" + name).sorted().toList();
  }

  List<Reference> references(String include, R resource) {
    var follow = includes.get(include);
    return follow == null ? List.of() : follow.apply(resource);
  }
}
