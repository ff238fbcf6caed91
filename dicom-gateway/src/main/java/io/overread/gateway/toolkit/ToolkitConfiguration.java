package io.overread.gateway.toolkit;

import io.overread.dicom.toolkit.DicomToolkit;
import io.overread.dicom.toolkit.Toolkits;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The toolkit of the settings as a bean; one that this build has not ends the start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ToolkitProperties.class)
public class ToolkitConfiguration {

  @Bean
  DicomToolkit dicomToolkit(ToolkitProperties properties) {
    return Toolkits.named(properties.toolkit());
  }
}
