package io.overread.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class GatewayPropertiesTest {

  @Test
  void without_settings_the_documented_defaults_hold() {
    GatewayProperties properties = bind(Map.of());

    assertThat(properties.home()).isEqualTo(Path.of(System.getProperty("user.home"), ".overread"));
    assertThat(properties.bind()).isEqualTo("127.0.0.1");
    assertThat(properties.dicomPort()).isEqualTo(11112);
    assertThat(properties.aeTitle()).isEqualTo("OVERREAD");
    assertThat(properties.studyQuiet()).isEqualTo(Duration.ofSeconds(60));
    assertThat(properties.storage().freeSpaceFloor().toMegabytes()).isEqualTo(1024);
    assertThat(properties.storage().maxAssociations()).isEqualTo(64);
  }

  @Test
  void the_names_that_integrators_rely_on_bind_from_the_environment() {
    GatewayProperties properties =
        bind(
            Map.of(
                "OVERREAD_HOME", "/srv/overread",
                "OVERREAD_BIND", "0.0.0.0",
                "OVERREAD_DICOM_PORT", "104",
                "OVERREAD_AE_TITLE", "READER 1",
                "OVERREAD_STUDY_QUIET_SECONDS", "7",
                "OVERREAD_STORAGE_FREE_SPACE_FLOOR", "5GB",
                "OVERREAD_STORAGE_MAX_ASSOCIATIONS", "3"));

    assertThat(properties.home()).isEqualTo(Path.of("/srv/overread"));
    assertThat(properties.bind()).isEqualTo("0.0.0.0");
    assertThat(properties.dicomPort()).isEqualTo(104);
    assertThat(properties.aeTitle()).isEqualTo("READER 1");
    assertThat(properties.studyQuiet()).isEqualTo(Duration.ofSeconds(7));
    assertThat(properties.storage().freeSpaceFloor().toGigabytes()).isEqualTo(5);
    assertThat(properties.storage().maxAssociations()).isEqualTo(3);
  }

  @Test
  void a_quiet_time_of_nothing_is_refused() {
    assertThatThrownBy(() -> bind(Map.of("OVERREAD_STUDY_QUIET_SECONDS", "0")))
        .rootCause()
        .hasMessageContaining("study-quiet-seconds");
  }

  @ParameterizedTest
  @CsvSource({
    "OVERREAD_AE_TITLE, SEVENTEEN LETTERS, aeTitle",
    "OVERREAD_AE_TITLE, BACK\\SLASH, aeTitle",
    "OVERREAD_DICOM_PORT, 65536, dicomPort",
    "OVERREAD_BIND, ' ', bind",
    "OVERREAD_STORAGE_MAX_ASSOCIATIONS, 0, storage.maxAssociations"
  })
  void a_value_that_can_not_work_is_a_violation(String name, String value, String path) {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      assertThat(factory.getValidator().validate(bind(Map.of(name, value))))
          .singleElement()
          .satisfies(violation -> assertThat(violation.getPropertyPath()).hasToString(path));
    }
  }

  @Test
  void the_defaults_violate_nothing() {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      assertThat(factory.getValidator().validate(bind(Map.of()))).isEmpty();
    }
  }

  private static GatewayProperties bind(Map<String, Object> environment) {
    StandardEnvironment spring = new StandardEnvironment();
    spring.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    spring
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment));
    return new Binder(ConfigurationPropertySources.get(spring))
        .bindOrCreate("overread", GatewayProperties.class);
  }
}
