package io.overread.service.command;

import io.overread.gateway.GatewayProperties;
import io.overread.gateway.association.StorageScp;
import io.overread.reporting.finding.Analysis;
import io.overread.reporting.finding.AnalysisLedger;
import io.overread.reporting.finding.AnalysisState;
import io.overread.reporting.finding.RecordedFinding;
import io.overread.reporting.review.Report;
import io.overread.reporting.review.Reports;
import io.overread.service.synthetic.SyntheticChest;
import io.overread.service.synthetic.SyntheticStudy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code demo}: the service, which then sends itself synthetic chest radiographs through a real
 * association and prints what the model drafted.
 */
final class Demo {
  private static final int QUIET_SECONDS = 5;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);
  private static final int FINDINGS_SHOWN = 5;

  private Demo() {}

  static int run() {
    if (System.getenv("OVERREAD_STUDY_QUIET_SECONDS") == null) {
      // Nobody wants to look at a demo for the minute that a modality is given.
      System.setProperty("OVERREAD_STUDY_QUIET_SECONDS", Integer.toString(QUIET_SECONDS));
    }
    ConfigurableApplicationContext service = Serve.start();
    List<SyntheticStudy> studies = send(service);
    if (studies.isEmpty() || !allDrafted(service, studies)) {
      SpringApplication.exit(service);
      return CommandLine.FAILED;
    }
    System.out.println(
        """

        The studies wait for a radiologist: %s
        Sign in as admin. Nothing is final until you sign. Stop with Ctrl-C.
        Send your own files:  java -jar service/target/overread.jar send FILE...
        """
            .formatted(ConsoleAddress.of(service)));
    return CommandLine.SERVING;
  }

  private static List<SyntheticStudy> send(ConfigurableApplicationContext service) {
    var properties = service.getBean(GatewayProperties.class);
    Peer itself =
        new Peer(
            properties.aeTitle(),
            Environment.ofProcess().reachableHost(),
            service.getBean(StorageScp.class).port());
    List<SyntheticStudy> studies = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("overread-demo");
      try {
        studies.addAll(new SyntheticChest(service.getBean(Clock.class)).write(folder));
        System.out.println("\nSending " + studies.size() + " synthetic chest radiographs:");
        if (Send.send(studies.stream().map(SyntheticStudy::file).toList(), itself)
            != CommandLine.DONE) {
          return List.of();
        }
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's files can't be written", e);
    }
    return studies;
  }

  private static boolean allDrafted(
      ConfigurableApplicationContext service, List<SyntheticStudy> studies) {
    System.out.println("Waiting for the studies to fall quiet and for the drafts ...");
    Instant end = Instant.now().plus(LONGEST_WAIT);
    for (SyntheticStudy study : studies) {
      Optional<Report> report = await(service, study.studyInstanceUid(), end);
      if (report.isEmpty()) {
        return false;
      }
      print(service, study, report.get());
    }
    return true;
  }

  private static Optional<Report> await(
      ConfigurableApplicationContext service, String study, Instant end) {
    while (Instant.now().isBefore(end)) {
      Optional<Report> report = service.getBean(Reports.class).latest(study);
      if (report.isPresent()) {
        return report;
      }
      Optional<Analysis> analysis = service.getBean(AnalysisLedger.class).latest(study);
      if (analysis.isPresent() && analysis.get().state() == AnalysisState.FAILED) {
        System.out.println("No draft: " + analysis.get().failure());
        return Optional.empty();
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    System.out.println("No draft within " + LONGEST_WAIT.toMinutes() + " minutes.");
    return Optional.empty();
  }

  private static void print(
      ConfigurableApplicationContext service, SyntheticStudy study, Report report) {
    System.out.println("\n" + study.description() + " (accession " + study.accessionNumber() + ")");
    System.out.println("  draft: " + report.texts().draft().replace("\n", "\n         "));
    service.getBean(AnalysisLedger.class).findings(report.origin().analysisId()).stream()
        .sorted(
            Comparator.comparing(
                (RecordedFinding each) -> each.score().probability(),
                Comparator.nullsFirst(Comparator.<Double>naturalOrder()).reversed()))
        .limit(FINDINGS_SHOWN)
        .forEach(
            each ->
                System.out.println(
                    "  " + percent(each.score().probability()) + "  " + each.question().name()));
  }

  private static String percent(@Nullable Double probability) {
    return probability == null
        ? "    -"
        : String.format(Locale.ROOT, "%3.0f %%", 100 * probability);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
