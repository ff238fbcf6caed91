package io.overread.vlm.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overread.vlm.failure.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing leaves the site unless an administrator names the host and accepts it. */
class RemoteSettingsTest {

  @TempDir Path folder;

  private static final String WHOLE =
      """
      {"name": "gpu", "version": "1",
       "target": {"engine": "openai", "urls": ["https://gpu1.example:8000/v1"], "model": "m"},
       "access": {"accepted_hosts": ["GPU1.example"], "api_key_file": %s},
       "asking": {"images_per_prompt": 4, "report_prompt": "Describe.", "log_probabilities": false,
         "calibration": {"standard": {"scale": 2, "bias": 0.5}}},
       "limits": {"attempts": 2, "seconds": {"first": 10.5}}}
      """;

  private RemoteSettings read(String json) throws IOException {
    return RemoteSettingsFile.read(Files.writeString(folder.resolve("remote.json"), json));
  }

  @Test
  void a_file_names_the_engine_and_what_it_leaves_out_gets_its_default() throws IOException {
    RemoteSettings settings = read(WHOLE.formatted("null"));
    try (RemoteModel model = RemoteModel.open(settings)) {
      assertThat(model.runsOn()).isEqualTo("gpu1.example:8000");
      assertThat(model.imageBudget()).isEqualTo(4);
      assertThat(model.reportPrompt()).isEqualTo("Describe.");
      assertThat(model.calibration().standard().scale()).isEqualTo(2);
      assertThat(model.identity().digest()).hasSize(64);
    }
    assertThat(settings.limits().tries()).isEqualTo(2);
    assertThat(settings.limits().atOnce()).isEqualTo(4);
    assertThat(settings.limits().waits().toFirst()).hasMillis(10_500);
  }

  @Test
  void another_instruction_is_another_model() throws IOException {
    RemoteSettings one = read(WHOLE.formatted("null"));
    RemoteSettings other = read(WHOLE.formatted("null").replace("Describe.", "Describe it."));
    try (RemoteModel first = RemoteModel.open(one);
        RemoteModel same = RemoteModel.open(one);
        RemoteModel second = RemoteModel.open(other)) {
      assertThat(first.identity()).isEqualTo(same.identity());
      assertThat(first.identity().digest()).isNotEqualTo(second.identity().digest());
    }
  }

  @Test
  void what_is_not_accepted_in_the_clear_or_unknown_is_refused() {
    String good = WHOLE.formatted("null");
    for (List<String> change :
        List.of(
            List.of("\"GPU1.example\"", "", "gpu1.example, which is not accepted"),
            List.of("GPU1.example", "example", "gpu1.example, which is not accepted"),
            List.of("https://gpu1.example:8000/v1", "http://gpu1.example", "https is required"),
            List.of("https://gpu1", "https://user@gpu1", "no user"),
            List.of("https://gpu1.example:8000/v1", "https:///v1", "has a host"),
            List.of("\"attempts\": 2", "\"attempts\": 99", "1 to 10"),
            List.of("\"attempts\"", "\"tries\"", "tries"),
            List.of("openai", "telnet", "telnet"))) {
      assertThatThrownBy(() -> read(good.replace(change.get(0), change.get(1))))
          .as(change.toString())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(change.get(2));
    }
  }

  @Test
  void a_key_comes_from_a_file_or_the_environment_goes_into_the_header_and_is_never_shown()
      throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "secret-1\n");
    ApiKey fromFile = ApiKey.of(new RemoteSettings.Access(Set.of(), key, null), Map.of());
    assertThat(fromFile.value()).contains("secret-1");
    assertThat(fromFile.toString()).doesNotContain("secret");
    ApiKey fromEnvironment =
        ApiKey.of(new RemoteSettings.Access(Set.of(), null, "K"), Map.of("K", "secret-2"));
    assertThat(fromEnvironment.value()).contains("secret-2");
    assertThatThrownBy(
            () -> ApiKey.of(new RemoteSettings.Access(Set.of(), null, "K"), Map.of("K", "a\r\nb")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageNotContaining("a\r\nb");
    assertThatThrownBy(() -> ApiKey.of(new RemoteSettings.Access(Set.of(), null, "K"), Map.of()))
        .hasMessageContaining("K is not set");
    try (Replay server = new Replay(Replay.recorded("gemini.sse"));
        Remote remote =
            new Remote(
                new RemoteSettings(
                    "test",
                    "1",
                    new RemoteSettings.Target(Engine.GEMINI, List.of(server.url()), "tiny"),
                    new RemoteSettings.Access(Set.of("127.0.0.1"), key, null),
                    null,
                    null))) {
      remote.answer();
      assertThat(server.requests().getFirst().key()).isEqualTo("secret-1");
    }
  }
}
