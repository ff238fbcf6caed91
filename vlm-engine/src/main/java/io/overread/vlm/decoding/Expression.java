package io.overread.vlm.decoding;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A regular expression over bytes, stepped through by its derivatives (Brzozowski 1964): what may
 * follow a byte is again an expression. Equal expressions are equal objects to a map, so that the
 * derivatives of one are the states of an automaton.
 */
public sealed interface Expression {

  /** Nothing fits. */
  Expression NOTHING = new Nothing();

  /** The empty text fits, and ends it. */
  Expression END = new End();

  /** A repetition without an upper bound. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /** Whether nothing more need come. */
  boolean mayEnd();

  /** What may follow this byte; {@link #NOTHING} where it does not fit. */
  Expression after(int octet);

  /** The bytes of a text in UTF-8. */
  static Expression text(String text) {
    Expression all = END;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = bytes.length - 1; i >= 0; i--) {
      int octet = bytes[i] & 0xff;
      all = sequence(range(octet, octet), all);
    }
    return all;
  }

  /** A byte from one to another, both included. */
  static Expression range(int from, int to) {
    BitSet octets = new BitSet(256);
    octets.set(from, to + 1);
    return new OneOf(octets);
  }

  /** A byte of these characters, all ASCII. */
  static Expression oneOf(String characters) {
    BitSet octets = new BitSet(256);
    characters.chars().forEach(octets::set);
    return new OneOf(octets);
  }

  /** One after the other. */
  static Expression sequence(Expression... parts) {
    Expression all = END;
    for (int i = parts.length - 1; i >= 0; i--) {
      all = Sequence.of(parts[i], all);
    }
    return all;
  }

  /** Any of them. */
  static Expression either(List<Expression> options) {
    Set<Expression> flat = new LinkedHashSet<>();
    for (Expression option : options) {
      if (option instanceof Either other) {
        flat.addAll(other.options);
      } else if (!option.equals(NOTHING)) {
        flat.add(option);
      }
    }
    return switch (flat.size()) {
      case 0 -> NOTHING;
      case 1 -> flat.iterator().next();
      default -> new Either(flat);
    };
  }

  /** So many times one after the other. */
  static Expression repeat(Expression part, int atLeast, int atMost) {
    if (atMost == 0 || part.equals(END)) {
      return END;
    }
    if (part.equals(NOTHING)) {
      return atLeast == 0 ? END : NOTHING;
    }
    return new Repeat(part, part.mayEnd() ? 0 : atLeast, atMost);
  }

  /** Once or not at all. */
  static Expression optional(Expression part) {
    return repeat(part, 0, 1);
  }

  /** Nothing fits. */
  record Nothing() implements Expression {
    @Override
    public boolean mayEnd() {
      return false;
    }

    @Override
    public Expression after(int octet) {
      return this;
    }
  }

  /** The end. */
  record End() implements Expression {
    @Override
    public boolean mayEnd() {
      return true;
    }

    @Override
    public Expression after(int octet) {
      return NOTHING;
    }
  }

  /** One byte. */
  record OneOf(BitSet octets) implements Expression {
    @Override
    public boolean mayEnd() {
      return false;
    }

    @Override
    public Expression after(int octet) {
      return octets.get(octet) ? END : NOTHING;
    }
  }

  /** One, then another. */
  record Sequence(Expression first, Expression rest) implements Expression {

    static Expression of(Expression first, Expression rest) {
      if (first.equals(NOTHING) || rest.equals(NOTHING)) {
        return NOTHING;
      }
      if (first.equals(END)) {
        return rest;
      }
      if (rest.equals(END)) {
        return first;
      }
      return first instanceof Sequence(var head, var tail)
          ? new Sequence(head, of(tail, rest))
          : new Sequence(first, rest);
    }

    @Override
    public boolean mayEnd() {
      return first.mayEnd() && rest.mayEnd();
    }

    @Override
    public Expression after(int octet) {
      Expression within = of(first.after(octet), rest);
      return first.mayEnd() ? either(List.of(within, rest.after(octet))) : within;
    }
  }

  /** Any of some. */
  record Either(Set<Expression> options) implements Expression {
    @Override
    public boolean mayEnd() {
      return options.stream().anyMatch(Expression::mayEnd);
    }

    @Override
    public Expression after(int octet) {
      List<Expression> left = new ArrayList<>();
      options.forEach(option -> left.add(option.after(octet)));
      return either(left);
    }
  }

  /** One so many times; {@code atLeast} is 0 where the part may be empty. */
  record Repeat(Expression part, int atLeast, int atMost) implements Expression {
    @Override
    public boolean mayEnd() {
      return atLeast == 0;
    }

    @Override
    public Expression after(int octet) {
      return Sequence.of(
          part.after(octet),
          repeat(part, Math.max(0, atLeast - 1), atMost == UNBOUNDED ? UNBOUNDED : atMost - 1));
    }
  }
}
