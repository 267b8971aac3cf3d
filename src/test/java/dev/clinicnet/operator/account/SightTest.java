package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Unseen;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.simulator.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SightTest {
  private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
  private static final Duration DRIFT = Duration.ofMinutes(10);
  private static final Duration AGENTS = Duration.ofSeconds(30);
  private static final List<Resource<?, ?, ?>> VAULT = List.of(Resource.VAULTS);

  private final MutableClock clock = new MutableClock(START);
  private final Sight sight = new Sight(clock, DRIFT, AGENTS);

  @Test
  void whatRestsOnCompleteListsIsClaimedForThreeDriftIntervals() {
    listed(Account.NEEDED, Duration.ZERO);

    at("PT30M");
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    assertThat(sight.unseen(Account.NEEDED)).isEmpty();

    at("PT30M0.001S");
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    assertThat(sight.unseen(Account.NEEDED))
        .contains(new Unseen(Reason.PlatformUnavailable, START, "UNAVAILABLE"));
  }

  @Test
  void whatIsSaidOfAgentsIsClaimedForThreeAgentIntervals() {
    listed(Account.NEEDED, Duration.ZERO);

    at("PT1M30S");
    sight.failed(Sight.AGENTS, failure(Failure.UNAVAILABLE));
    assertThat(sight.unseenAgents()).isEmpty();

    at("PT1M30.001S");
    sight.failed(Sight.AGENTS, failure(Failure.UNAVAILABLE));
    assertThat(sight.unseenAgents()).map(Unseen::reason).contains(Reason.PlatformUnavailable);
    assertThat(sight.unseen(Account.NEEDED)).isEmpty();
    assertThat(sight.losses()).isEqualTo(Map.of("agents", Reason.PlatformUnavailable));
  }

  @Test
  void timeAloneTakesNothingBack() {
    listed(Account.NEEDED, Duration.ZERO);
    at("PT5H");
    assertThat(sight.losses()).isEmpty();
  }

  @Test
  void aListThatTakesLongerThanItsIntervalHasThreeTimesAsLong() {
    listed(Account.NEEDED, Duration.ofMinutes(13));
    at("PT39M");
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    assertThat(sight.losses()).isEmpty();
    at("PT39M1S");
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    assertThat(sight.unseenAgents()).isPresent();
  }

  @Test
  void aLargeAccountIsListedLessOftenAndBelievedForLonger() {
    // Given
    listed(Account.NEEDED, 20, Duration.ZERO);
    assertThat(sight.interval(Resource.ENDPOINTS)).isEqualTo(Duration.ofMinutes(5));
    assertThat(sight.interval(Resource.RESERVED_ADDRS)).isEqualTo(DRIFT);
    // When
    at("PT15M");
    sight.failed(Sight.AGENTS, failure(Failure.UNAVAILABLE));
    // Then
    assertThat(sight.unseenAgents()).map(Unseen::since).contains(START);
    listed(List.of(Resource.TUNNEL_SESSIONS), 20, Duration.ZERO);
    assertThat(sight.unseenAgents()).isEmpty();
    at("PT15M0.001S");
    sight.failed(Sight.AGENTS, failure(Failure.UNAVAILABLE));
    assertThat(sight.unseenAgents()).isPresent();
  }

  @Test
  void oneRefusalOfTheKeySaysNothingAndTheSecondEverything() {
    listed(Account.NEEDED, Duration.ZERO);
    at("PT30S");
    sight.failed(Sight.AGENTS, failure(Failure.UNAUTHORIZED));
    assertThat(sight.losses()).isEmpty();

    at("PT35S");
    sight.failed(Account.NEEDED, failure(Failure.UNAUTHORIZED));

    assertThat(sight.unseenAgents()).map(Unseen::reason).contains(Reason.APIKeyRejected);
    assertThat(sight.unseen(Account.NEEDED))
        .contains(new Unseen(Reason.APIKeyRejected, START, "UNAUTHORIZED"));
  }

  @Test
  void anotherFailureBetweenTwoRefusalsStartsTheirCountAnew() {
    listed(Account.NEEDED, Duration.ZERO);
    sight.failed(Account.NEEDED, failure(Failure.UNAUTHORIZED));
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    sight.failed(Account.NEEDED, failure(Failure.UNAUTHORIZED));
    assertThat(sight.losses()).isEmpty();
  }

  @Test
  void oneOutageHasOneReasonUnlessTheKeyTurnsOutToBeRefused() {
    listed(Account.NEEDED, Duration.ZERO);
    at("PT2M");
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    sight.failed(Account.NEEDED, failure(Failure.THROTTLED));
    assertThat(sight.unseenAgents()).map(Unseen::reason).contains(Reason.PlatformUnavailable);

    sight.failed(Account.NEEDED, failure(Failure.UNAUTHORIZED));
    sight.failed(Account.NEEDED, failure(Failure.UNAUTHORIZED));
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    assertThat(sight.unseenAgents()).map(Unseen::reason).contains(Reason.APIKeyRejected);
  }

  @Test
  void aListThatIsHeldBackByTheBudgetIsOldInTheEnd() {
    listed(Account.NEEDED, Duration.ZERO);
    at("PT2M");
    sight.failed(Sight.AGENTS, failure(Failure.THROTTLED));
    assertThat(sight.unseenAgents()).map(Unseen::reason).contains(Reason.InventoryStale);
  }

  @Test
  void aProcessThatHasSeenNothingGivesItselfThreeAgentIntervals() {
    sight.begin();
    at("PT1M30S");
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    assertThat(sight.losses()).isEmpty();
    at("PT1M31S");
    sight.failed(Account.NEEDED, failure(Failure.UNAVAILABLE));
    assertThat(sight.unseen(Account.NEEDED)).map(Unseen::since).contains(START);
  }

  @Test
  void oneListThatSucceedsEndsIt() {
    listed(Account.NEEDED, Duration.ZERO);
    at("PT1H");
    sight.failed(Account.NEEDED, failure(Failure.UNAUTHORIZED));
    sight.failed(Account.NEEDED, failure(Failure.UNAUTHORIZED));
    assertThat(sight.isListed()).contains(false);

    listed(Account.NEEDED, Duration.ZERO);

    assertThat(sight.losses()).isEmpty();
    assertThat(sight.isListed()).contains(true);
    sight.failed(Account.NEEDED, failure(Failure.UNAUTHORIZED));
    assertThat(sight.losses()).isEmpty();
  }

  @Test
  void aListThatFewNeedConcernsOnlyThem() {
    listed(Account.NEEDED, Duration.ZERO);
    listed(VAULT, Duration.ZERO);
    at("PT31M");
    listed(Account.NEEDED, Duration.ZERO);
    sight.failed(VAULT, failure(Failure.ACCOUNT_LIMIT));
    assertThat(sight.unseen(Account.NEEDED)).isEmpty();
    assertThat(sight.unseen(Set.of(Resource.ENDPOINTS, Resource.VAULTS))).isPresent();
    assertThat(sight.isListed()).contains(true);
  }

  @Test
  void everyListHasAnAgeFromTheFirstAttemptOn() {
    assertThat(sight.age(Resource.ENDPOINTS)).isEmpty();
    assertThat(sight.isListed()).isEmpty();
    sight.begin();
    at("PT20S");
    assertThat(sight.age(Resource.ENDPOINTS)).contains(Duration.ofSeconds(20));
    listed(Sight.AGENTS, Duration.ofSeconds(5));
    at("PT1M");
    assertThat(sight.age(Resource.ENDPOINTS)).contains(Duration.ofSeconds(40));
    assertThat(sight.age(Resource.RESERVED_ADDRS)).contains(Duration.ofMinutes(1));
  }

  private void at(String sinceStart) {
    clock.set(START.plus(Duration.parse(sinceStart)));
  }

  private void listed(List<Resource<?, ?, ?>> resources, Duration took) {
    listed(resources, 1, took);
  }

  private void listed(List<Resource<?, ?, ?>> resources, int pages, Duration took) {
    Instant begun = sight.begin();
    clock.advance(took);
    sight.listed(resources.stream().collect(Collectors.toMap(r -> r, r -> pages)), begun);
  }

  private static NgrokException failure(Failure failure) {
    return new NgrokException(failure, null, failure.name(), null);
  }
}
