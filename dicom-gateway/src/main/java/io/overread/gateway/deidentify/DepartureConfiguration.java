package io.overread.gateway.deidentify;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what is done before anything leaves. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DepartureProperties.class)
public class DepartureConfiguration {

  @Bean
  ImagesToSend imagesToSend(DepartureProperties properties) {
    return new ImagesToSend(new CleanPixelData(properties.read()), properties.blackenText());
  }
}
