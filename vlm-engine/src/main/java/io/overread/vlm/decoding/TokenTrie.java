package io.overread.vlm.decoding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vocabulary by the bytes of its tokens. */
public final class TokenTrie {

  private final Node root = new Node();

  /**
   * Sorts the tokens in.
   *
   * @param tokens the bytes of each id; null or empty for one that writes nothing
   */
  public TokenTrie(byte[] @Nullable [] tokens) {
    for (int id = 0; id < tokens.length; id++) {
      byte[] bytes = tokens[id];
      if (bytes != null && bytes.length > 0) {
        Node node = root;
        for (byte octet : bytes) {
          node = node.made(octet & 0xff);
        }
        node.ids.add(id);
      }
    }
  }

  Node root() {
    return root;
  }

  /** The tokens that start alike. */
  static final class Node {
    private final List<Integer> ids = new ArrayList<>(1);
    private int[] octets = new int[0];
    private Node[] nodes = new Node[0];

    /** Tokens that end here. */
    List<Integer> ids() {
      return ids;
    }

    int children() {
      return octets.length;
    }

    int octet(int child) {
      return octets[child];
    }

    Node child(int child) {
      return nodes[child];
    }

    private Node made(int octet) {
      for (int i = 0; i < octets.length; i++) {
        if (octets[i] == octet) {
          return nodes[i];
        }
      }
      octets = java.util.Arrays.copyOf(octets, octets.length + 1);
      nodes = java.util.Arrays.copyOf(nodes, octets.length);
      octets[octets.length - 1] = octet;
      nodes[octets.length - 1] = new Node();
      return nodes[octets.length - 1];
    }
  }
}
