/**
 * The border behind which the toolkit of the product can be another one: server, client, data sets
 * and pixel data. What crosses it are the records of {@code io.overread.dicom.net}, {@code .data}
 * and {@code .pixel}.
 */
@NullMarked
package io.overread.dicom.toolkit;

import org.jspecify.annotations.NullMarked;
