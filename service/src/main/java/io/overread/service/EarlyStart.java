package io.overread.service;

import io.overread.db.Database;
import io.overread.service.model.Models;
import io.overread.service.settings.EngineProperties;
import io.overread.service.settings.OverreadSettings;
import io.overread.vlm.VisionLanguageModel;
import io.overread.vlm.model.ShippedModel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;

/**
 * Starts the database and loads the model while Spring still reads its classes: the three take
 * about as long as each other, and none needs the others.
 */
public final class EarlyStart implements ApplicationListener<ApplicationEvent> {
  private volatile CompletableFuture<Database> database = new CompletableFuture<>();
  private volatile CompletableFuture<VisionLanguageModel> model = new CompletableFuture<>();

  @Override
  public void onApplicationEvent(ApplicationEvent event) {
    switch (event) {
      case ApplicationEnvironmentPreparedEvent prepared ->
          begin(Binder.get(prepared.getEnvironment()));
      case ApplicationPreparedEvent prepared ->
          prepared.getApplicationContext().getBeanFactory().registerSingleton("earlyStart", this);
      default -> {}
    }
  }

  private void begin(Binder binder) {
    OverreadSettings settings = binder.bind("overread", OverreadSettings.class).get();
    EngineProperties engine = binder.bindOrCreate("overread.engine", EngineProperties.class);
    database = started("database", () -> Database.open(settings.database()));
    model = started("model", () -> load(settings, engine));
    SpringApplication.getShutdownHandlers().add(this::stopDatabase);
  }

  /**
   * After the context, which closes it itself unless its start failed: a server that was started is
   * not left behind.
   */
  private void stopDatabase() {
    try {
      database().close();
    } catch (RuntimeException e) {
      // Told already, by whoever wanted the database.
    }
  }

  private static VisionLanguageModel load(OverreadSettings settings, EngineProperties engine) {
    Path given = settings.model();
    return Models.open(
        given == null ? ShippedModel.extractTo(settings.home().resolve("model")) : given,
        engine.settings(settings.home().resolve("native")));
  }

  /** The running database; what kept it from starting is thrown here. */
  Database database() {
    return join(database);
  }

  /** The loaded model; what kept it from loading is thrown here. */
  VisionLanguageModel model() {
    return join(model);
  }

  private static <T> CompletableFuture<T> started(String name, Supplier<T> start) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("start-" + name)
        .start(
            () -> {
              try {
                future.complete(start.get());
              } catch (Throwable e) {
                future.completeExceptionally(e);
              }
            });
    return future;
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
