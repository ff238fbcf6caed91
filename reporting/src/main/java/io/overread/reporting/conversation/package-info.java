/** What a radiologist asked about a study and what the model answered. */
@NullMarked
package io.overread.reporting.conversation;

import org.jspecify.annotations.NullMarked;
