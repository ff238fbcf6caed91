/** Which DICOM toolkit the gateway uses. */
@NullMarked
package io.overread.gateway.toolkit;

import org.jspecify.annotations.NullMarked;
