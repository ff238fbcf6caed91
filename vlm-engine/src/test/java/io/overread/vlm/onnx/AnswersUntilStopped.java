package io.overread.vlm.onnx;

import io.overread.vlm.Cancellation;
import io.overread.vlm.EncodedStudy;
import io.overread.vlm.OnnxModel;
import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.tiny.TinyModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process that asks a model until it is told to stop, and finishes then what it had begun. */
public final class AnswersUntilStopped {

  private static final int STILL_DUE = 20;

  private AnswersUntilStopped() {}

  /** Prints "running", and "finished" once all that was due at the stop is answered. */
  public static void main(String[] arguments) throws InterruptedException {
    OnnxRuntime.letWorkEnd(Duration.ofSeconds(20));
    AtomicBoolean stopped = new AtomicBoolean();
    OnnxModel model = OnnxModel.load(Path.of("models", "overread-mini"), TinyModel.settings());
    ask(model);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopped.set(true);
                  for (int i = 0; i < STILL_DUE; i++) {
                    ask(model);
                  }
                  System.out.println("finished");
                }));
    for (int i = 0; i < 3; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!stopped.get()) {
                  ask(model);
                }
              });
    }
    System.out.println("running");
    Thread.sleep(Long.MAX_VALUE);
  }

  /** Reads an image too: what was freed at the stop is soon something else's. */
  private static void ask(OnnxModel model) {
    try (EncodedStudy study = model.encode(List.of(TinyModel.picture()))) {
      model.score(study, List.of("Is there a nodule?", "Is there a mass in the left lung?"));
      model.answer(
          study, "Is there a nodule?", Decoding.greedy(16), TokenListener.NONE, new Cancellation());
    }
  }
}
