package io.overread.audit;

/** What {@link ChainVerifier} found. */
public sealed interface ChainVerdict {

  /**
   * Every entry is as it was written.
   *
   * @param entries how many there are
   * @param headDigest digest of the last one; note it elsewhere to notice a chain cut short
   */
  record Intact(long entries, String headDigest) implements ChainVerdict {}

  /**
   * The chain is broken.
   *
   * @param sequence the first entry that isn't as it was written
   * @param reason what is wrong with it
   */
  record Broken(long sequence, String reason) implements ChainVerdict {}
}
