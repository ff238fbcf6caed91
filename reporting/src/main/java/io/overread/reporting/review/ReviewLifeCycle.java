package io.overread.reporting.review;

import static io.overread.reporting.review.ReportStatus.AMENDED;
import static io.overread.reporting.review.ReportStatus.CANCELLED;
import static io.overread.reporting.review.ReportStatus.FINAL;
import static io.overread.reporting.review.ReportStatus.PRELIMINARY;
import static io.overread.reporting.review.ReviewAction.ACCEPT;
import static io.overread.reporting.review.ReviewAction.AMEND;
import static io.overread.reporting.review.ReviewAction.EDIT;
import static io.overread.reporting.review.ReviewAction.REJECT;
import static io.overread.reporting.review.ReviewAction.SIGN;
import static io.overread.reporting.review.ReviewAction.SUPERSEDE;
import static io.overread.reporting.review.ReviewState.ACCEPTED;
import static io.overread.reporting.review.ReviewState.AMENDING;
import static io.overread.reporting.review.ReviewState.DRAFTED;
import static io.overread.reporting.review.ReviewState.EDITED;
import static io.overread.reporting.review.ReviewState.REJECTED;
import static io.overread.reporting.review.ReviewState.SIGNED;
import static io.overread.reporting.review.ReviewState.SUPERSEDED;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The life of a report on the desk, whole: what is not in this table does not happen.
 *
 * <p>A draft is never signed unread: it is accepted or edited first. A signed report stays final
 * while it is being changed and becomes amended with the next signature. A later revision of the
 * study gets a report of its own, preliminary until it is signed itself, and takes the unsigned
 * drafts of earlier revisions off the desk; a signed one stays as it is.
 */
public final class ReviewLifeCycle {
  private static final Map<ReviewState, Map<ReviewAction, Transition>> TRANSITIONS =
      Map.of(
          DRAFTED,
          Map.of(
              ACCEPT, to(ACCEPTED, PRELIMINARY),
              EDIT, to(EDITED, PRELIMINARY),
              REJECT, to(REJECTED, CANCELLED),
              SUPERSEDE, to(SUPERSEDED, CANCELLED)),
          ACCEPTED,
          Map.of(
              EDIT, to(EDITED, PRELIMINARY),
              REJECT, to(REJECTED, CANCELLED),
              SIGN, to(SIGNED, FINAL),
              SUPERSEDE, to(SUPERSEDED, CANCELLED)),
          EDITED,
          Map.of(
              ACCEPT, to(ACCEPTED, PRELIMINARY),
              EDIT, to(EDITED, PRELIMINARY),
              REJECT, to(REJECTED, CANCELLED),
              SIGN, to(SIGNED, FINAL),
              SUPERSEDE, to(SUPERSEDED, CANCELLED)),
          REJECTED,
          Map.of(EDIT, to(EDITED, PRELIMINARY), SUPERSEDE, to(SUPERSEDED, CANCELLED)),
          SIGNED,
          Map.of(AMEND, to(AMENDING, null)),
          AMENDING,
          Map.of(EDIT, to(AMENDING, null), REJECT, to(SIGNED, null), SIGN, to(SIGNED, AMENDED)),
          SUPERSEDED,
          Map.of());

  private ReviewLifeCycle() {}

  /**
   * Where an action leads.
   *
   * @param state the state after it
   * @param status the report's status after it; null: as before
   */
  public record Transition(ReviewState state, @Nullable ReportStatus status) {}

  /** Where an action leads from a state, or nothing where it is not allowed. */
  public static Optional<Transition> next(ReviewState state, ReviewAction action) {
    return Optional.ofNullable(TRANSITIONS.getOrDefault(state, Map.of()).get(action));
  }

  private static Transition to(ReviewState state, @Nullable ReportStatus status) {
    return new Transition(state, status);
  }
}
