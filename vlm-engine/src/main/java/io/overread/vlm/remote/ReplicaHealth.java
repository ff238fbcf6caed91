package io.overread.vlm.remote;

/**
 * How a replica fares.
 *
 * @param host with its port
 * @param healthy whether it answers
 * @param circuit {@code CLOSED}, or {@code OPEN} while it is left alone, or {@code TRYING}
 */
public record ReplicaHealth(String host, boolean healthy, String circuit) {}
