/**
 * Shadow mode: another model drafts silently, and only the comparison with the draft is shown;
 * never in a report.
 */
@NullMarked
package io.overread.service.shadow;

import org.jspecify.annotations.NullMarked;
