/**
 * The review desk: where a radiologist accepts, edits, rejects, signs or amends what the model
 * drafted. Nothing becomes final in any other way.
 */
@NullMarked
package io.overread.reporting.review;

import org.jspecify.annotations.NullMarked;
