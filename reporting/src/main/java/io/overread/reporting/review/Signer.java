package io.overread.reporting.review;

import java.time.Instant;

/**
 * A signature as 21 CFR 11.50 wants it shown.
 *
 * @param username who signed
 * @param name that person's name
 * @param time when
 * @param meaning what the signature says, such as "I have reviewed the images and this report"
 */
public record Signer(String username, String name, Instant time, String meaning) {}
