package io.overread.gateway.instance;

/**
 * What is durable and has no row yet.
 *
 * @param instances how many
 * @param bytes of their files
 * @param failing whether the database took none of them at the last attempt
 */
public record Backlog(int instances, long bytes, boolean failing) {}
