/** The report as the console shows, edits and signs it. */
@NullMarked
package io.overread.service.report;

import org.jspecify.annotations.NullMarked;
