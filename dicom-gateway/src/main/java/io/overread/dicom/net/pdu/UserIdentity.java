package io.overread.dicom.net.pdu;

/**
 * Who the requestor says is at the other end, PS3.7 D.3.3.7. The fields are secrets; {@link
 * #toString} leaves them out.
 *
 * @param type what the fields hold
 * @param positiveResponseRequested whether the requestor wants to be told that it was believed
 * @param primaryField user name, Kerberos ticket, SAML assertion or JSON web token
 * @param secondaryField passcode, or empty
 */
public record UserIdentity(
    Type type, boolean positiveResponseRequested, Bytes primaryField, Bytes secondaryField)
    implements IdentityNegotiation {

  /** User-Identity-Type. */
  public enum Type {
    /** A user name in UTF-8. */
    USERNAME(1),
    /** A user name and a passcode, both in UTF-8. */
    USERNAME_AND_PASSCODE(2),
    /** A Kerberos service ticket. */
    KERBEROS(3),
    /** A SAML assertion. */
    SAML(4),
    /** A JSON web token. */
    JWT(5);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** The value on the wire. */
    public int code() {
      return code;
    }
  }

  @Override
  public String toString() {
    return "UserIdentity[type=" + type + "]";
  }
}
