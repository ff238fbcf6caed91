package io.overread.gateway.rule;

import java.util.List;

/** A condition, as the parser read it. */
public sealed interface Expression {

  /** All of them hold. */
  record AllOf(List<Expression> parts) implements Expression {
    /** Keeps its own copy. */
    public AllOf {
      parts = List.copyOf(parts);
    }
  }

  /** One of them holds. */
  record AnyOf(List<Expression> parts) implements Expression {
    /** Keeps its own copy. */
    public AnyOf {
      parts = List.copyOf(parts);
    }
  }

  /** It does not hold. */
  record Not(Expression part) implements Expression {}

  /**
   * One comparison.
   *
   * @param operands what the value is compared with; none for {@code exists}
   * @param numeric whether the attribute's values are numbers by the dictionary
   * @param start where it stands in the text, from 0
   * @param end behind its last character
   */
  record Clause(
      AttributePath path,
      Operator operator,
      List<String> operands,
      boolean numeric,
      int start,
      int end)
      implements Expression {

    /** Keeps its own copy. */
    public Clause {
      operands = List.copyOf(operands);
    }

    boolean holds(List<String> values) {
      return switch (operator) {
        case EXISTS -> !values.isEmpty();
        case NOT_EQUAL -> values.stream().noneMatch(this::fits);
        default -> values.stream().anyMatch(this::fits);
      };
    }

    private boolean fits(String value) {
      return operands.stream().anyMatch(operand -> operator.holds(value, operand, numeric));
    }
  }

  /** Whether it holds of the attributes, and what each of its clauses found. */
  default Evaluation evaluate(Attributes attributes) {
    return Evaluation.of(this, attributes);
  }
}
