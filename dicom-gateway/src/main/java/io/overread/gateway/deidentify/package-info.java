/**
 * What may leave the site for a model elsewhere: pixels without burned-in text, and words without
 * the patient's identifiers (PS3.15 E).
 */
@NullMarked
package io.overread.gateway.deidentify;

import org.jspecify.annotations.NullMarked;
