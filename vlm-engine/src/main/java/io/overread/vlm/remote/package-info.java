/**
 * Models that run on other machines, behind the engines that sites have: one file a protocol, one
 * transport for all. Nothing is sent to a host that the settings don't name and accept.
 */
@NullMarked
package io.overread.vlm.remote;

import org.jspecify.annotations.NullMarked;
