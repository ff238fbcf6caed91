/** Reporting: findings, the draft, its review, the questions asked, and FHIR over all of it. */
@NullMarked
package io.overread.reporting;

import org.jspecify.annotations.NullMarked;
