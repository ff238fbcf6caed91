package io.overread.vlm.remote;

import io.overread.vlm.Answer;
import io.overread.vlm.Cancellation;
import io.overread.vlm.TokenListener;
import io.overread.vlm.decoding.Decoding;
import io.overread.vlm.remote.RemoteSettings.Access;
import io.overread.vlm.remote.RemoteSettings.Limits;
import io.overread.vlm.remote.RemoteSettings.Target;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A remote model under test: it waits for nobody, and its clock stands still until it is moved. */
final class Remote implements AutoCloseable {

  static final BufferedImage IMAGE = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);

  final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  final RemoteModel model;
  private Instant now = Instant.EPOCH;

  Remote(RemoteSettings settings) {
    this.model =
        RemoteModel.opened(
            settings,
            Departure.OF_NO_PATIENT,
            () -> now,
            (duration, cancellation) -> pauses.add(duration));
  }

  static Remote of(Engine engine, Limits limits, URI... urls) {
    return new Remote(settings(engine, limits, urls));
  }

  static Remote of(Engine engine, URI... urls) {
    return of(engine, Limits.standard(), urls);
  }

  static RemoteSettings settings(Engine engine, Limits limits, URI... urls) {
    return new RemoteSettings(
        "test",
        "1",
        new Target(engine, List.of(urls), "tiny"),
        new Access(Set.of("127.0.0.1"), null, null),
        null,
        limits);
  }

  void later(Duration duration) {
    now = now.plus(duration);
  }

  Answer answer() {
    return answer(TokenListener.NONE, new Cancellation());
  }

  Answer answer(TokenListener listener, Cancellation cancellation) {
    try (RemoteStudy study = model.encode(List.of(IMAGE))) {
      return model.answer(study, "Is there a nodule?", Decoding.greedy(6), listener, cancellation);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
