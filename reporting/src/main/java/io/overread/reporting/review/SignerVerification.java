package io.overread.reporting.review;

/**
 * Makes sure, at the moment of signing, that the person at the desk is the one who signed in. The
 * desk signs nothing without it (21 CFR 11.200: a signature takes a component that only its owner
 * knows).
 */
@FunctionalInterface
public interface SignerVerification {
  /**
   * Checks the user's password again. Called outside any transaction, since it is slow on purpose.
   *
   * @return whether the user exists, may sign in, and this is the password
   */
  boolean verify(String username, CharSequence password);
}
