package io.overread.gateway.priors;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.SendableInstance;
import io.overread.gateway.instance.Arrival;
import io.overread.gateway.instance.InstanceStore;
import io.overread.gateway.instance.StoreOutcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An archive that is asked by QIDO-RS and WADO-RS (PS3.18 10.6 and 10.4). */
final class WebSource implements PriorSource {

  private static final Duration ANSWER = Duration.ofMinutes(5);
  private static final Duration WHOLE_STUDY = Duration.ofMinutes(30);
  private static final int LONGEST_ANSWER = 4 << 20;
  private static final int MOST_MATCHES = 500;
  private static final int AE_TITLE_LENGTH = 16;

  private static final List<Integer> KEYS =
      List.of(
          Tag.PatientID,
          Tag.IssuerOfPatientID,
          Tag.PatientBirthDate,
          Tag.PatientSex,
          Tag.StudyInstanceUID,
          Tag.StudyDate,
          Tag.ModalitiesInStudy,
          Tag.StudyDescription);

  private final String name;
  private final URI base;
  private final @Nullable String authorization;
  private final Supplier<InstanceStore> store;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  WebSource(String name, URI base, @Nullable String authorization, Supplier<InstanceStore> store) {
    this.name = name;
    this.base = base;
    this.authorization = authorization;
    this.store = store;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String callingAeTitle() {
    return name.substring(0, Math.min(name.length(), AE_TITLE_LENGTH));
  }

  @Override
  public List<Candidate> find(SoughtPriors sought) throws IOException {
    String patientId = sought.patient().patientId();
    StringBuilder query =
        new StringBuilder("/studies?limit=" + MOST_MATCHES)
            .append("&PatientID=")
            .append(encoded(patientId == null ? "" : patientId))
            .append("&StudyDate=")
            .append(sought.from() + "-" + sought.to());
    KEYS.forEach(tag -> query.append("&includefield=").append(hex(tag)));
    try (InputStream body = get(query.toString(), "application/dicom+json").body()) {
      byte[] answer = body.readNBytes(LONGEST_ANSWER);
      List<Candidate> found = new ArrayList<>();
      if (answer.length > 0) {
        for (JsonNode match : JsonMapper.shared().readTree(answer)) {
          Candidate.of(dataSet(match), sought).ifPresent(found::add);
        }
      }
      return found;
    } catch (JacksonException e) {
      throw new IOException("the archive's answer is no JSON", e);
    }
  }

  @Override
  public int fetch(String studyInstanceUid) throws IOException {
    HttpResponse<InputStream> response =
        get(
            "/studies/" + studyInstanceUid,
            "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
    InputStream body = response.body();
    ScheduledFuture<?> end =
        ForkJoinPool.commonPool()
            .schedule(() -> close(body), WHOLE_STUDY.toSeconds(), TimeUnit.SECONDS);
    try (body) {
      MultipartParts parts =
          MultipartParts.of(response.headers().firstValue("Content-Type").orElse(""), body);
      int failed = 0;
      while (parts.next()) {
        failed += store(parts) ? 0 : 1;
      }
      return failed;
    } finally {
      end.cancel(false);
    }
  }

  private boolean store(MultipartParts parts) throws IOException {
    Path file = Files.createTempFile("overread-", ".prior");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        parts.copyTo(out);
      }
      return store(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private boolean store(Path file) {
    try {
      SendableInstance instance = SendableInstance.read(file);
      Arrival arrival =
          new Arrival(
              instance.sopClassUid(),
              instance.sopInstanceUid(),
              instance.transferSyntaxUid(),
              callingAeTitle(),
              String.valueOf(base.getHost()));
      try (InputStream dataSet = instance.openDataSet()) {
        StoreOutcome outcome = store.get().receive(arrival, dataSet);
        return outcome instanceof StoreOutcome.Stored
            || outcome instanceof StoreOutcome.AlreadyStored;
      }
    } catch (IOException | DicomFormatException e) {
      return false; // Not a DICOM file, or one that breaks off.
    }
  }

  private HttpResponse<InputStream> get(String path, String accept) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path))
            .header("Accept", accept)
            .timeout(ANSWER);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() / 100 != 2) {
        response.body().close();
        throw new IOException("the archive answers " + response.statusCode());
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The keys of a match in the DICOM JSON Model (PS3.18 F.2), as far as they are text. */
  private static DataSet dataSet(JsonNode match) {
    DataSet dataSet = DataSet.withCharacterSet("ISO_IR 192");
    for (int tag : KEYS) {
      List<String> values = new ArrayList<>();
      for (JsonNode value : match.path(hex(tag)).path("Value")) {
        values.add(value.asString(""));
      }
      if (!values.isEmpty()) {
        dataSet.putString(tag, values.toArray(String[]::new));
      }
    }
    return dataSet;
  }

  private static String hex(int tag) {
    return String.format(Locale.ROOT, "%08X", tag);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // It was given up anyhow.
    }
  }
}
