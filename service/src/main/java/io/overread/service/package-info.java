/** Assembles the modules into the service: journey, API, security, command line. */
@NullMarked
package io.overread.service;

import org.jspecify.annotations.NullMarked;
