package io.overread.service.viewer;

import io.overread.gateway.instance.StoredInstances;
import io.overread.gateway.render.PresentationStates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the viewer's endpoints need beyond the gateway's own beans. */
@Configuration(proxyBeanMethods = false)
class ViewerConfiguration {
  @Bean
  PresentationStates presentationStates(StoredInstances instances) {
    return new PresentationStates(instances);
  }
}
