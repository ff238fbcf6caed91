/** The keys and certificates with which the gateway speaks TLS, as SCP and as SCU. */
@NullMarked
package io.overread.gateway.tls;

import org.jspecify.annotations.NullMarked;
