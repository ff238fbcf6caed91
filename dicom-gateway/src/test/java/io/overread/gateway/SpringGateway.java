package io.overread.gateway;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.overread.audit.AuditTrail;
import io.overread.gateway.association.StorageScp;
import io.overread.gateway.study.StudyCompletion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The gateway as Spring wires it, with the system's clock and a scheduler of its own threads. */
public final class SpringGateway implements AutoCloseable {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  public SpringGateway(
      DataSource dataSource, StudyCompletion completion, Map<String, Object> settings) {
    this(dataSource, completion, settings, Map.of());
  }

  /** With beans that the service may provide. */
  public SpringGateway(
      DataSource dataSource,
      StudyCompletion completion,
      Map<String, Object> settings,
      Map<Class<?>, ?> more) {
    more.forEach((type, bean) -> context.getBeanFactory().registerSingleton(type.getName(), bean));
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
    context.registerBean("dataSource", DataSource.class, () -> dataSource, bean -> {});
    context.registerBean(StudyCompletion.class, () -> completion);
    context.register(Surroundings.class, GatewayConfiguration.class);
    context.refresh();
  }

  public static DataSource pool(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(12);
    return new HikariDataSource(config);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public int port() {
    return bean(StorageScp.class).port();
  }

  public int tlsPort() {
    return bean(StorageScp.class).tlsPort();
  }

  @Override
  public void close() {
    context.close();
  }

  /** What the service provides. */
  @Configuration(proxyBeanMethods = false)
  static class Surroundings {

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
      return new JdbcTransactionManager(dataSource);
    }

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    AuditTrail auditTrail(DataSource dataSource, Clock clock) {
      return new AuditTrail(dataSource, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    Scheduler scheduler(DataSource dataSource, List<Task<?>> tasks) {
      return Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), tasks)
          .pollingInterval(Duration.ofMillis(20))
          .pollUsingLockAndFetch(0.5, 1.0)
          .enableImmediateExecution()
          .heartbeatInterval(Duration.ofSeconds(1))
          .missedHeartbeatsLimit(4)
          .threads(4)
          .shutdownMaxWait(Duration.ofSeconds(5))
          .build();
    }
  }
}
