package io.overread.dicom.net;

/**
 * Which presentation contexts an acceptor accepts beyond Verification and the standard storage SOP
 * classes in the standard transfer syntaxes.
 *
 * @param nonStandardSopClasses also SOP classes that no edition of PS3.6 names: private storage
 *     classes and those newer than the dictionary
 * @param nonStandardTransferSyntaxes also transfer syntaxes that no edition of PS3.6 names; such
 *     data sets are handed on as they come
 */
public record ContextPolicy(boolean nonStandardSopClasses, boolean nonStandardTransferSyntaxes) {
  /** Only what the standard names. */
  public static final ContextPolicy STANDARD = new ContextPolicy(false, false);
}
