package io.overread.service.schedule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.overread.service.model.Models;
import io.overread.vlm.schedule.Schedule;
import io.overread.vlm.schedule.Urgency;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The queue before the model, and how long it is. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

  /** The registry is asked for late: it needs the binder below, which needs this. */
  @Bean
  Schedule schedule(
      ScheduleProperties properties, Models models, ObjectProvider<MeterRegistry> registry) {
    return new Schedule(
        properties.settings(models.mostDraftBytes()),
        (urgency, waited) -> registry.ifAvailable(meters -> timer(meters, urgency).record(waited)));
  }

  private static Timer timer(MeterRegistry meters, Urgency urgency) {
    return Timer.builder("overread.model.wait")
        .description("How long work waited before the model took it on")
        .tag("urgency", word(urgency))
        .register(meters);
  }

  @Bean
  MeterBinder scheduleMetrics(ObjectProvider<Schedule> schedules) {
    return registry -> {
      Schedule schedule = schedules.getObject();
      for (Urgency urgency : Urgency.values()) {
        Gauge.builder("overread.model.waiting", schedule, each -> each.waiting(urgency))
            .description("Questions and drafts that wait for the model")
            .tag("urgency", word(urgency))
            .register(registry);
        Gauge.builder("overread.model.running", schedule, each -> each.running(urgency))
            .description("Questions and drafts that the model is at")
            .tag("urgency", word(urgency))
            .register(registry);
      }
    };
  }

  private static String word(Urgency urgency) {
    return urgency.name().toLowerCase(Locale.ROOT);
  }
}
