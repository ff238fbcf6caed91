package io.overread.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Conversations with bytes changed at random: nothing of it may harm the acceptor. */
class HostilePeerTest {
  private static final int CONVERSATIONS = 600;

  @Test
  void an_acceptor_outlives_whatever_bytes_it_is_sent() throws Exception {
    Random random = new Random(8);
    byte[] conversation = Conversation.sound();
    try (HostileAcceptor acceptor = new HostileAcceptor()) {
      for (int i = 0; i < CONVERSATIONS; i++) {
        acceptor.holds(Conversation.changed(conversation, random));
      }
      assertThat(acceptor.failures()).isEmpty();
      assertThat(acceptor.accepted()).as("some get through").isGreaterThan(CONVERSATIONS / 10);
      assertThat(acceptor.dropped()).as("some do not").isGreaterThan(CONVERSATIONS / 100);
    }
  }
}
