package io.overread.gateway.capacity;

import io.overread.audit.AuditAct;
import io.overread.audit.AuditAction;
import io.overread.audit.AuditTrail;
import io.overread.audit.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at the load once a second and pauses and resumes the intake by its watermarks. Each change
 * is audited once; the peers that it turns away are not, since entries cost the very space.
 */
public final class Capacity implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Capacity.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Watermarks watermarks;
  private final Supplier<Load> load;
  private final AuditTrail auditTrail;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Thread thread;
  private volatile Intake intake;
  private volatile Load last;

  /** Looks for the first time, and then until it is closed. */
  public Capacity(
      CapacityProperties properties,
      Supplier<Load> load,
      AuditTrail auditTrail,
      TransactionTemplate transaction,
      Clock clock) {
    this.watermarks = new Watermarks(properties);
    this.load = load;
    this.auditTrail = auditTrail;
    this.transaction = transaction;
    this.clock = clock;
    this.last = load.get();
    this.intake = new Intake(watermarks.reasons(last, Set.of()), now());
    if (intake.isPaused()) {
      note(intake);
    }
    this.thread = Thread.ofVirtual().name("capacity").start(this::run);
  }

  /** Whether instances are taken in at present. */
  public Intake intake() {
    return intake;
  }

  /** The load when it was last looked at. */
  public Load load() {
    return last;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(LOOK_EVERY);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks now; what can't be told leaves the intake as it is. */
  void look() {
    try {
      Load now = load.get();
      Set<Intake.Reason> reasons = watermarks.reasons(now, intake.reasons());
      last = now;
      if (!reasons.equals(intake.reasons())) {
        intake = new Intake(reasons, now());
        note(intake);
      }
    } catch (RuntimeException e) {
      LOG.warn("The load can't be told", e);
    }
  }

  private void note(Intake changed) {
    String reasons =
        new TreeSet<>(changed.reasons()).stream().map(Enum::name).collect(Collectors.joining(","));
    if (changed.isPaused()) {
      LOG.warn("Peers are told to come again later: {}", reasons);
    } else {
      LOG.info("Instances are taken in again");
    }
    AuditAct act =
        changed.isPaused()
            ? new AuditAct(
                AuditAction.INTAKE_PAUSED,
                Outcome.SUCCESS,
                "service",
                null,
                null,
                Map.of("reasons", reasons, "freeBytes", Long.toString(last.freeBytes())))
            : new AuditAct(
                AuditAction.INTAKE_RESUMED, Outcome.SUCCESS, "service", null, null, Map.of());
    try {
      transaction.executeWithoutResult(status -> auditTrail.append(act));
    } catch (RuntimeException e) {
      // A database that fails may be the reason; the intake has to pause all the same.
      LOG.warn("The change of the intake can't be audited", e);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
