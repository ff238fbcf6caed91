package io.overread.gateway.peer;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Addresses that have their first bits in common, RFC 4632 and RFC 4291 2.3.
 *
 * @param network the first of them, or any
 * @param prefixLength how many bits they have in common
 */
public record AddressBlock(InetAddress network, int prefixLength) {
  /** The JDK also reads 10.1.2 as an address, as 10.1.0.2: nobody who writes that means it. */
  private static final Pattern DOTTED = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

  /** Checks the length. */
  public AddressBlock {
    if (prefixLength < 0 || prefixLength > Byte.SIZE * network.getAddress().length) {
      throw new IllegalArgumentException("no address has a prefix of " + prefixLength + " bits");
    }
  }

  /**
   * Reads {@code 10.1.2.0/24}, {@code 2001:db8::/32}, or one address. Host names are not resolved:
   * whoever controls the name service would else decide.
   */
  public static AddressBlock valueOf(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    if (!literal.contains(":") && !DOTTED.matcher(literal).matches()) {
      throw new IllegalArgumentException("not an address or a block of addresses: " + text);
    }
    InetAddress network = InetAddress.ofLiteral(literal);
    return new AddressBlock(
        network,
        slash < 0
            ? Byte.SIZE * network.getAddress().length
            : Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether the address is one of them. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixLength;
  }
}
