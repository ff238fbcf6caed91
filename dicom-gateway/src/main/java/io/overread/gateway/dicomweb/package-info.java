/** DICOMweb (PS3.18): what is asked, what is acceptable, and what is answered. */
@NullMarked
package io.overread.gateway.dicomweb;

import org.jspecify.annotations.NullMarked;
