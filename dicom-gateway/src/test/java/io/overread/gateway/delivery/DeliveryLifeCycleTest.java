package io.overread.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryLifeCycleTest {

  @Test
  void the_table_whole() {
    StringBuilder table = new StringBuilder();
    for (DeliveryState state : DeliveryState.values()) {
      for (DeliveryEvent event : DeliveryEvent.values()) {
        DeliveryLifeCycle.after(state, event)
            .ifPresent(
                next ->
                    table
                        .append(state)
                        .append(' ')
                        .append(event)
                        .append(' ')
                        .append(next)
                        .append('\n'));
      }
    }
    assertThat(table.toString())
        .isEqualTo(
            """
            QUEUED ACCEPTED SENT
            QUEUED FAILED_FOR_NOW QUEUED
            QUEUED REFUSED REFUSED
            QUEUED TRIES_SPENT GIVEN_UP
            QUEUED NOT_BUILT GIVEN_UP
            QUEUED OUTDATED GIVEN_UP
            QUEUED RESENT QUEUED
            SENT PROVED COMMITTED
            SENT FAILED_FOR_NOW SENT
            SENT TRIES_SPENT SENT
            SENT NOT_FOUND GIVEN_UP
            SENT RESENT QUEUED
            COMMITTED RESENT QUEUED
            REFUSED RESENT QUEUED
            GIVEN_UP RESENT QUEUED
            """);
  }

  @ParameterizedTest
  @EnumSource(DeliveryState.class)
  void only_the_peer_s_yes_makes_it_sent(DeliveryState state) {
    assertThat(DeliveryEvent.values())
        .filteredOn(event -> event != DeliveryEvent.ACCEPTED)
        .filteredOn(event -> state != DeliveryState.SENT)
        .noneMatch(
            event -> DeliveryLifeCycle.after(state, event).equals(Optional.of(DeliveryState.SENT)));
  }

  @ParameterizedTest
  @EnumSource(DeliveryState.class)
  void a_person_can_send_it_again_from_everywhere(DeliveryState state) {
    assertThat(DeliveryLifeCycle.after(state, DeliveryEvent.RESENT)).contains(DeliveryState.QUEUED);
  }
}
