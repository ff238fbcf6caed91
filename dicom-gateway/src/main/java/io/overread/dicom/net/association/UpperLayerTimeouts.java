package io.overread.dicom.net.association;

import java.time.Duration;

/**
 * How long the upper layer waits.
 *
 * @param artim the ARTIM timer; also for the TLS handshake
 * @param idle for a PDU in all states where ARTIM does not run
 * @param dimse the same within a DIMSE message
 * @param send for the peer to take a PDU
 */
public record UpperLayerTimeouts(Duration artim, Duration idle, Duration dimse, Duration send) {}
