/** Multipart bodies (RFC 2046, PS3.18 8.6.1.2), part by part and never whole. */
@NullMarked
package io.overread.gateway.dicomweb.multipart;

import org.jspecify.annotations.NullMarked;
