/** STOW-RS: instances sent over HTTP (PS3.18 10.5). */
@NullMarked
package io.overread.gateway.dicomweb.store;

import org.jspecify.annotations.NullMarked;
