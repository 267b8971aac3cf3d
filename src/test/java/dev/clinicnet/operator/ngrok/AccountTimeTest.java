package dev.clinicnet.operator.ngrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccountTimeTest {
  @Test
  void aFastTimeShortensTimeoutsButNotSoMuchThatAnAnswerIsLate() {
    NgrokClientOptions options =
        NgrokClientOptions.of(NgrokClientOptions.DEFAULT_BASE_URL, () -> "");
    NgrokClientOptions fast = options.in(AccountTime.faster(10, Instant.EPOCH));
    assertThat(fast.callTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(fast.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.in(AccountTime.REAL)).isEqualTo(options);
  }

  @Test
  void theRealTimeChangesNothing() {
    assertThat(AccountTime.REAL.real(Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(Duration.between(Instant.now(), AccountTime.REAL.clock().instant()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aFasterTimeRunsAwayFromItsOrigin() {
    Instant origin = Instant.now().minus(Duration.ofHours(1));
    AccountTime fast = AccountTime.parse("10@" + origin);

    assertThat(Duration.between(origin, fast.clock().instant()))
        .isBetween(Duration.ofHours(10), Duration.ofHours(11));
    assertThat(fast.real(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void twoProcessesWithTheSameOriginHaveTheSameTime() {
    String text = "100@" + Instant.now().minus(Duration.ofDays(1));

    Instant one = AccountTime.parse(text).clock().instant();
    Instant other = AccountTime.parse(text).clock().instant();

    assertThat(Duration.between(one, other)).isLessThan(Duration.ofHours(1));
  }

  @Test
  void theNanosecondsPassAsFastAsTheClock() {
    AccountTime fast = AccountTime.faster(1_000, Instant.now());
    long before = System.nanoTime();
    long begun = fast.nanos();
    while (System.nanoTime() - before < Duration.ofMillis(2).toNanos()) {
      Thread.onSpinWait();
    }

    assertThat(Duration.ofNanos(fast.nanos() - begun))
        .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
  }

  @Test
  void aBudgetOnAFasterTimeWaitsLess() {
    BudgetOptions options = BudgetOptions.perMinute(120).withFreshStart();
    Budget budget = new Budget(options, AccountTime.faster(600, Instant.now()));
    long begun = System.nanoTime();
    for (int i = 0; i < 2 * options.permits(); i++) {
      budget.acquire(Lane.CLOSING).close();
    }

    // A window of a minute lasts a tenth of a second.
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
  }

  @Test
  void aTextWithoutFactorOrOriginIsRefused() {
    assertThatThrownBy(() -> AccountTime.parse("10")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> AccountTime.parse("0@2026-01-01T00:00:00Z"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
