package io.overread.service.session;

import java.security.SecureRandom;

/** A password that the service gives out itself. */
public final class DrawnPassword {
  /** Without the letters and digits that are mistaken for one another. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private DrawnPassword() {}

  /** Twenty letters and digits in groups of five: some 99 bits. */
  public static String draw() {
    SecureRandom random = new SecureRandom();
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 5 == 0) {
        drawn.append('-');
      }
      drawn.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return drawn.toString();
  }
}
