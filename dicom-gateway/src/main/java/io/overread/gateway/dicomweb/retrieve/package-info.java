/** WADO-RS: instances, metadata, frames, bulk data and pictures (PS3.18 10.4). */
@NullMarked
package io.overread.gateway.dicomweb.retrieve;

import org.jspecify.annotations.NullMarked;
