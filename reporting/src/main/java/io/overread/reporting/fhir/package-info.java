/** FHIR R4 over our tables, read only. The only package that knows HAPI's types. */
@NullMarked
package io.overread.reporting.fhir;

import org.jspecify.annotations.NullMarked;
