package io.overread.reporting.fhir;

import io.overread.reporting.finding.ConceptCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Search parameters of type token (R4 3.1.1.4.10): {@code code}, {@code system|code} and so on. */
final class TokenParameters {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TokenParameters() {}

  /**
   * A token's two halves in SQL.
   *
   * @param system expression of the system, null where there is none
   * @param value expression of the code or identifier
   * @param prefix what the value starts with in FHIR and doesn't in the table, or ""
   */
  record Half(String system, String value, String prefix) {
    static Half of(String system, String value) {
      return new Half(system, value, "");
    }
  }

  /**
   * A token as a client sends it.
   *
   * @param system null: any; "": none
   * @param value "": any
   */
  record Token(@Nullable String system, String value) {
    static Token of(String sent) {
      int bar = sent.indexOf('|');
      var token =
          bar < 0
              ? new Token(null, sent)
              : new Token(sent.substring(0, bar), sent.substring(bar + 1));
      if (token.value.isEmpty() && (token.system == null || token.system.isEmpty())) {
        throw Refusals.invalid("A token is a code, or a system and a code: '" + sent + "'");
      }
      return token;
    }
  }

  /** Matches when any of the halves does. */
  static SearchParameter token(String name, String documentation, Half... halves) {
    return new SearchParameter(
        name,
        SearchParamType.TOKEN,
        documentation,
        sent -> {
          var token = Token.of(sent);
          return Condition.any(Arrays.stream(halves).map(half -> match(half, token)).toList());
        });
  }

  /** Matches codes kept as JSON: an array of codes, or one. */
  static SearchParameter codes(String name, String documentation, String column, boolean array) {
    return new SearchParameter(
        name,
        SearchParamType.TOKEN,
        documentation,
        sent -> {
          var token = Token.of(sent);
          if (token.system() != null && token.system().isEmpty()) {
            // Every code of ours has a system.
            return Condition.NOTHING;
          }
          Map<String, String> wanted = new LinkedHashMap<>();
          if (token.system() != null) {
            wanted.put("system", token.system());
          }
          if (!token.value().isEmpty()) {
            wanted.put("code", token.value());
          }
          var json = JSON.writeValueAsString(array ? List.of(wanted) : wanted);
          return Condition.of(column + "::jsonb @> ?::jsonb", json);
        });
  }

  /** Matches codes of one system, kept as an array. */
  static SearchParameter anyOf(String name, String documentation, String system, String column) {
    return new SearchParameter(
        name,
        SearchParamType.TOKEN,
        documentation,
        sent -> {
          var token = Token.of(sent);
          if (token.system() != null && !token.system().equals(system)) {
            return Condition.NOTHING;
          }
          return token.value().isEmpty()
              ? Condition.of("cardinality(" + column + ") > 0")
              : Condition.of("? = any(" + column + ")", token.value());
        });
  }

  /** Matches one code that all resources of a type have. */
  static SearchParameter constant(String name, String documentation, ConceptCode code) {
    return new SearchParameter(
        name,
        SearchParamType.TOKEN,
        documentation,
        sent -> {
          var token = Token.of(sent);
          var matches =
              (token.system() == null || token.system().equals(code.system()))
                  && (token.value().isEmpty() || token.value().equals(code.code()));
          return matches ? Condition.of("true") : Condition.NOTHING;
        });
  }

  private static Condition match(Half half, Token token) {
    var value = token.value().startsWith(half.prefix) ? strip(half, token) : token.value();
    var code =
        token.value().isEmpty()
            ? Condition.of(half.value + " is not null")
            : Condition.of(half.value + " = ?", value);
    var system = token.system();
    if (system == null) {
      return code;
    }
    return Condition.all(
        List.of(
            code,
            system.isEmpty()
                ? Condition.of(half.system + " is null")
                : Condition.of(half.system + " = ?", system)));
  }

  private static String strip(Half half, Token token) {
    return token.value().substring(half.prefix.length());
  }
}
