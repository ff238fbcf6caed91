/** A report as DICOM objects: structured report, document and marked image. */
@NullMarked
package io.overread.gateway.result;

import org.jspecify.annotations.NullMarked;
