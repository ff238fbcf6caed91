package io.overread.reporting.fhir;

import java.util.function.Function;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/**
 * A search parameter that we serve: what the CapabilityStatement says and what the database does
 * come from this one place.
 *
 * @param name as in the URL
 * @param type its FHIR type, which decides the form of its values
 * @param documentation what it matches
 * @param condition the condition of one value, unescaped; refuses what it can't read
 */
record SearchParameter(
    String name,
    SearchParamType type,
    String documentation,
    Function<String, Condition> condition) {}
