/**
 * The toolkit behind the border, on dcm4che: the only package that knows it. Compiled in the Maven
 * profile {@code dcm4che} alone.
 */
@NullMarked
package io.overread.dicom.dcm4che;

import org.jspecify.annotations.NullMarked;
