package io.overread.service;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import java.util.Arrays;
import org.springdoc.core.converters.ModelConverterRegistrar;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What the API says of itself at {@code /api/openapi.json}. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

  /** Some 700 classes, which are loaded when somebody asks for the description. */
  @Bean
  static BeanFactoryPostProcessor describedWhenAsked() {
    return beans ->
        Arrays.stream(beans.getBeanDefinitionNames())
            .map(beans::getBeanDefinition)
            .filter(
                bean ->
                    String.valueOf(bean.getResourceDescription()).contains("org/springdoc/")
                        || String.valueOf(bean.getBeanClassName()).startsWith("org.springdoc."))
            .forEach(bean -> bean.setLazyInit(true));
  }

  /**
   * @param converters of types to schemas: nothing else asks for them once they are lazy
   */
  @Bean
  @Lazy
  OpenAPI openApi(ModelConverterRegistrar converters) {
    return new OpenAPI()
        .info(
            new Info()
                .title("Overread")
                .description(
                    "Worklist, images, draft reports, questions and signatures. Reports are drafted"
                        + " by a machine and final only when a radiologist has signed them.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
  }
}
