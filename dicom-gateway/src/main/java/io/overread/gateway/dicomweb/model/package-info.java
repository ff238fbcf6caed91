/** The DICOM JSON Model (PS3.18 F) and the Native DICOM Model in XML (PS3.19 A.1). */
@NullMarked
package io.overread.gateway.dicomweb.model;

import org.jspecify.annotations.NullMarked;
