/** TLS beneath associations, by the secure transport connection profile of PS3.15 B.12. */
@NullMarked
package io.overread.dicom.net.tls;

import org.jspecify.annotations.NullMarked;
