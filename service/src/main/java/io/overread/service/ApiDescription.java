package io.overread.service;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API says of itself at {@code /api/openapi.json}. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  @Bean
  OpenAPI openApi() {
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
