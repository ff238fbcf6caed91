package io.overread.dicom.net.pdu;

/**
 * The answer to a proposed presentation context, PS3.8 9.3.3.2.
 *
 * @param id of the proposed context
 * @param result accepted, or why not
 * @param transferSyntax the one chosen; without meaning, and maybe empty, where not accepted
 */
public record ContextResult(int id, Result result, String transferSyntax) {
  /** Result/Reason, PS3.8 Table 9-18. */
  public enum Result {
    /** Accepted. */
    ACCEPTANCE,
    /** The user refuses it. */
    USER_REJECTION,
    /** The provider refuses it. */
    NO_REASON,
    /** The SOP Class is not supported. */
    ABSTRACT_SYNTAX_NOT_SUPPORTED,
    /** None of the encodings is supported. */
    TRANSFER_SYNTAXES_NOT_SUPPORTED
  }

  /** Checks the ID and, where accepted, the UID. */
  public ContextResult {
    ProposedContext.requireId(id);
    if (result == Result.ACCEPTANCE) {
      WireText.requireUid(transferSyntax, "transfer syntax");
    }
  }
}
