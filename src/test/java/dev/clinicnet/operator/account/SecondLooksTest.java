package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SecondLooksTest {
  private static final Resource<?, ?, ?> SESSIONS = Resource.TUNNEL_SESSIONS;
  private static final Owner ONE = new Owner("Clinic", "clinics", "one");
  private static final Owner OTHER = new Owner("Clinic", "clinics", "other");

  private final SecondLooks looks = new SecondLooks(AccountTime.REAL, Duration.ofSeconds(30));

  @Test
  void aSingleObjectHardlyWaits() {
    looks.ask(SESSIONS, ONE, seconds(5));

    assertThat(looks.resources()).containsExactly(SESSIONS);
    assertThat(looks.due(SESSIONS, false)).isEqualTo(seconds(5) + SecondLooks.MOMENT.toNanos());
  }

  @Test
  void aListWaitsForThoseWhoAskSoonAfter() {
    // Given
    looks.ask(SESSIONS, ONE, 0);
    // When
    looks.ask(SESSIONS, OTHER, 1_000_000);
    // Then
    assertThat(looks.due(SESSIONS, false)).isEqualTo(1_000_000 + SecondLooks.MOMENT.toNanos());
  }

  @Test
  void whoAsksTwiceDelaysNobody() {
    looks.ask(SESSIONS, ONE, 0);
    looks.ask(SESSIONS, ONE, seconds(2));

    assertThat(looks.due(SESSIONS, false)).isEqualTo(SecondLooks.MOMENT.toNanos());
  }

  @Test
  void aListWaitsForTheNextWhoIsSureToAsk() {
    looks.ask(SESSIONS, ONE, 0);
    looks.ask(SESSIONS, OTHER, seconds(4));

    assertThat(looks.due(SESSIONS, true)).isEqualTo(seconds(14));
  }

  @Test
  void nobodyWaitsLongerThanTheAgentInterval() {
    // Given
    looks.ask(SESSIONS, ONE, 0);
    // When
    looks.ask(SESSIONS, OTHER, seconds(28));
    // Then
    assertThat(looks.due(SESSIONS, true)).isEqualTo(seconds(30));
  }

  @Test
  void aListAnswersAllWhoAskedBeforeItBegan() {
    looks.ask(SESSIONS, ONE, 0);

    looks.listed(SESSIONS, true, seconds(1));

    assertThat(looks.resources()).isEmpty();
  }

  @Test
  void whoAskedWhileTheListRanWaitsForTheNext() {
    looks.ask(SESSIONS, ONE, 0);

    looks.listed(SESSIONS, false, seconds(1));

    assertThat(looks.due(SESSIONS, false)).isEqualTo(seconds(1) + SecondLooks.MOMENT.toNanos());
  }

  @Test
  void aListThatNobodyAskedForAsksForNothing() {
    looks.listed(SESSIONS, false, seconds(1));

    assertThat(looks.resources()).isEmpty();
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
