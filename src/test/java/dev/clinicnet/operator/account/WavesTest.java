package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WavesTest {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final WaveOptions OPTIONS = new WaveOptions(10, 25, PAUSE);

  private final Set<Owner> offline = new HashSet<>();
  private final Set<Owner> unknown = new HashSet<>();
  private final Set<String> woken = new LinkedHashSet<>();
  private final Waves waves = fresh();
  private Instant now = Instant.parse("2026-11-30T10:00:00Z");
  private Sight sight;

  private Waves fresh() {
    return new Waves(OPTIONS, new Agents(), service -> woken.add(service.name()));
  }

  /** Listed every moment, unless the lists of a large account are asked for. */
  private final class Agents implements SeenAgents {
    @Override
    public boolean isOnline(Owner clinic) {
      return !offline.contains(clinic) && !unknown.contains(clinic);
    }

    @Override
    public boolean isLost(Owner clinic) {
      return offline.contains(clinic);
    }

    @Override
    public Optional<Instant> listedSince(Instant time) {
      return sight == null ? Optional.of(time) : sight.agentsListedSince(time);
    }
  }

  @Test
  void canariesGoFirstAndTheOthersInPortions() {
    // Given
    askAll(20);
    assertThat(woken).isEmpty();
    // When
    after(Waves.COLLECT);
    // Then
    assertThat(askAll(20)).containsExactly("s01", "s02");
    assertThat(woken)
        .as("the canaries, and the first who waits, to look again")
        .containsExactly("s01", "s02", "s03");
    assertThat(waves.waiting()).isEqualTo(18);
    assertThat(waves.portions()).isEqualTo(1);
    settle("s01", "s02");
    after(PAUSE);
    woken.clear();
    assertThat(ask("s20", false).mayGo()).isFalse();
    assertThat(woken).containsExactly("s03", "s04", "s05", "s06", "s07", "s08");
    assertThat(ask("s03", false).mayGo()).isTrue();
  }

  @Test
  void aChangeOfFewClinicsGoesAtOnce() {
    askAll(9);
    after(Waves.COLLECT);

    assertThat(askAll(9)).hasSize(9);
    assertThat(waves.portions()).isZero();
  }

  /** A status says that its service waits since the first answer. */
  @Test
  void aChangeOfFewClinicsGoesAtOnceAlsoWhenTheySayThatTheyWait() {
    askAll(9);
    after(Waves.COLLECT);

    IntStream.rangeClosed(1, 9)
        .forEach(i -> waves.ask(service(name(i)), clinic(name(i)), i <= 2, true, now));

    assertThat(woken).hasSize(9);
    assertThat(waves.portions()).isZero();
  }

  @Test
  void whatAnotherProcessLeftIsForgottenWhenNobodyWantsItAnyMore() {
    waves.ask(service("s01"), clinic("s01"), false, true, now);
    settle("s01");

    askAll(9);
    after(Waves.COLLECT);

    assertThat(askAll(9)).hasSize(9);
  }

  @Test
  void withoutWavesNobodyWaits() {
    Waves off = Waves.off();

    Waves.Answer answer = off.ask(service("s01"), clinic("s01"), false, false, now);

    assertThat(answer.mayGo()).isTrue();
    assertThat(answer.lookAgain()).isEmpty();
  }

  @Test
  void aPortionIsWatchedBeforeTheNext() {
    // Given
    begin(20);
    // When
    Optional<Instant> next = settle("s01", "s02");
    // Then
    assertThat(next).contains(now.plus(PAUSE));
    assertThat(settle("s02")).as("a further pass over the same").contains(now.plus(PAUSE));
    after(PAUSE.minusMillis(1));
    ask("s20", false);
    assertThat(waves.portions()).isEqualTo(1);
  }

  @Test
  void aRefusedPolicyStopsTheRestUntilItIsMended() {
    // Given
    begin(20);
    settle("s02");
    // When
    waves.failed(service("s01"), clinic("s01"), "PolicyRejected.", now);
    // Then
    assertThat(waves.stopped()).contains("ClinicService a/s01 says PolicyRejected.");
    assertThat(woken).contains("s20");
    after(PAUSE);
    assertThat(ask("s20", false).stopped()).isPresent();
    assertThat(waves.waiting()).isEqualTo(18);
    settle("s01");
    assertThat(waves.stopped()).isEmpty();
    after(PAUSE);
    ask("s20", false);
    assertThat(waves.portions()).isEqualTo(2);
  }

  @Test
  void aLostAgentStopsTheRestUntilItIsBack() {
    // Given
    begin(20);
    settle("s01", "s02");
    offline.add(clinic("s01"));
    // When
    after(PAUSE);
    // Then
    assertThat(ask("s20", false).stopped()).contains("Clinic a/s01 has lost its agent.");
    offline.clear();
    assertThat(ask("s20", false).stopped()).isEmpty();
    assertThat(waves.portions()).isEqualTo(2);
  }

  @Test
  void theFirstWhoWaitsSeesTheAgentComeBack() {
    // Given
    begin(20);
    assertThat(woken).contains("s03");
    settle("s01", "s02");
    offline.add(clinic("s01"));
    // When
    Waves.Answer answer = ask("s03", false);
    // Then
    assertThat(answer.stopped()).isPresent();
    assertThat(answer.lookAgain()).contains(now.plus(OPTIONS.look()));
    assertThat(ask("s04", false).lookAgain())
        .hasValueSatisfying(later -> assertThat(later).isAfter(now.plus(PAUSE)));
  }

  @Test
  void anAgentOfWhichNothingIsKnownIsNotLost() {
    begin(20);
    settle("s01", "s02");
    unknown.add(clinic("s01"));
    after(PAUSE);

    assertThat(ask("s03", false).stopped()).isEmpty();
    assertThat(waves.portions()).isEqualTo(2);
  }

  @Test
  void theNextPortionWaitsUntilTheAgentsOfALargeFleetAreListed() {
    // Given
    InstantSource moving = () -> now;
    sight =
        new Sight(moving.withZone(ZoneOffset.UTC), Duration.ofMinutes(10), Duration.ofSeconds(30));
    list(now.minusSeconds(1));
    Duration interval = sight.interval(Resource.TUNNEL_SESSIONS);
    assertThat(interval).isEqualTo(Duration.ofSeconds(75));
    begin(20);
    settle("s01", "s02");
    Instant settled = now;
    // When
    list(settled.minusSeconds(1));
    lookUntil(settled.plusSeconds(74));
    // Then
    assertThat(waves.portions()).isEqualTo(1);
    list(settled.plusSeconds(74));
    ask("s03", false);
    assertThat(waves.portions()).as("no Clinic has said yet what the list shows").isEqualTo(1);
    after(Waves.NOTICE);
    ask("s03", false);
    assertThat(waves.portions()).isEqualTo(2);
  }

  /** Ten pages of agent sessions were listed. */
  private void list(Instant begun) {
    sight.listed(Map.of(Resource.TUNNEL_SESSIONS, 10), begun);
  }

  private void lookUntil(Instant end) {
    while (now.isBefore(end)) {
      after(Duration.ofSeconds(1));
      ask("s03", false);
    }
  }

  @Test
  void whoSettlesWithoutHavingHadItsTurnDelaysNobody() {
    begin(20);
    settle("s01", "s02");
    after(PAUSE);

    settle("s20");

    assertThat(waves.portions()).isEqualTo(2);
  }

  @Test
  void whenNobodyWaitsAnyMoreALostAgentStopsNothing() {
    begin(10);
    settle("s01", "s02");
    after(PAUSE);
    ask("s03", false);
    IntStream.rangeClosed(3, 7).forEach(i -> settle(name(i)));
    after(PAUSE);
    ask("s08", false);
    IntStream.rangeClosed(8, 10).forEach(i -> settle(name(i)));
    offline.add(clinic("s10"));
    settle("s10");
    assertThat(waves.stopped()).isEmpty();

    after(PAUSE);
    settle("s10");

    assertThat(waves.stopped()).isEmpty();
    assertThat(waves.portions()).isZero();
  }

  @Test
  void anAgentThatWasAwayBeforeStopsNothing() {
    offline.add(clinic("s01"));
    begin(20);
    settle("s01", "s02");
    after(PAUSE);

    assertThat(ask("s20", false).stopped()).isEmpty();
    assertThat(waves.portions()).isEqualTo(2);
  }

  @Test
  void anotherProcessGoesOnWhereThisOneEnded() {
    // Given
    Waves other = fresh();
    List<String> left = List.of("s03", "s04");
    left.forEach(name -> other.ask(service(name), clinic(name), false, true, now));
    // When
    Instant later = now.plus(Waves.COLLECT);
    Waves.Answer answer = other.ask(service("s03"), clinic("s03"), false, true, later);
    // Then
    assertThat(answer.mayGo()).isTrue();
    assertThat(other.portions()).isEqualTo(1);
  }

  @Test
  void whoBecomesACanaryGoesAloneInTheNextPortion() {
    // Given
    begin(20);
    ask("s20", true);
    // When
    settle("s01", "s02");
    after(PAUSE);
    woken.clear();
    // Then
    assertThat(ask("s20", true).mayGo()).isTrue();
    assertThat(woken)
        .as("it, and the first who waits, to look again")
        .containsExactly("s20", "s03");
    settle("s20");
    after(PAUSE);
    assertThat(ask("s03", false).mayGo()).isTrue();
    assertThat(waves.waiting()).isEqualTo(12);
  }

  @Test
  void allServicesOfAClinicGoTogether() {
    // Given
    waves.ask(service("more"), clinic("s01"), true, false, now);
    begin(20);
    // When
    settle("s01", "s02");
    after(PAUSE);
    ask("s20", false);
    // Then
    assertThat(woken).contains("more");
    assertThat(waves.portions()).isEqualTo(1);
  }

  @Test
  void whoNoLongerWantsTheChangeHoldsNobodyUp() {
    begin(12);
    settle("s01", "s02");
    IntStream.rangeClosed(3, 12).forEach(i -> settle(name(i)));
    after(PAUSE);

    settle("s01");

    assertThat(waves.portions()).isZero();
    assertThat(waves.waiting()).isZero();
  }

  @Test
  void aPortionHasAtLeastFiveClinics() {
    assertThat(OPTIONS.portion(10)).isEqualTo(5);
    assertThat(OPTIONS.portion(1000)).isEqualTo(250);
  }

  @Test
  void aPortionGrowsWithTheClinicsThatJoinLater() {
    // Given
    begin(20);
    askAll(98);
    settle("s01", "s02");
    // When
    after(PAUSE);
    woken.clear();
    ask("s98", false);
    // Then
    assertThat(waves.waiting()).as("98 Clinics, of which a quarter goes").isEqualTo(96 - 25);
    assertThat(ask("s27", false).mayGo()).isTrue();
    assertThat(ask("s28", false).mayGo()).isFalse();
  }

  @Test
  void whoseTurnComesAgainCountsOnce() {
    // Given
    begin(20);
    settle("s01", "s02");
    // When
    IntStream.rangeClosed(1, 40).forEach(i -> ask(name(i), false));
    after(PAUSE);
    ask("s40", false);
    // Then
    assertThat(waves.portions()).isEqualTo(2);
    assertThat(waves.waiting()).as("40 Clinics, of which a quarter goes").isEqualTo(40 - 10);
  }

  @Test
  void theClinicsOfAnEarlierChangeDoNotCount() {
    // Given
    begin(20);
    IntStream.rangeClosed(1, 20).forEach(i -> settle(name(i)));
    after(PAUSE);
    settle("s01");
    assertThat(waves.portions()).isZero();
    // When
    IntStream.rangeClosed(21, 40).forEach(i -> ask(name(i), false));
    after(Waves.COLLECT);
    ask("s40", false);
    // Then
    assertThat(waves.portions()).isEqualTo(1);
    assertThat(waves.waiting()).as("20 Clinics, of which a quarter goes").isEqualTo(20 - 5);
  }

  private void begin(int clinics) {
    askAll(clinics);
    after(Waves.COLLECT);
    askAll(clinics);
    assertThat(waves.portions()).isEqualTo(1);
  }

  /** The first two are canaries. Returns those that may go. */
  private List<String> askAll(int clinics) {
    return IntStream.rangeClosed(1, clinics)
        .filter(i -> ask(name(i), i <= 2).mayGo())
        .mapToObj(WavesTest::name)
        .toList();
  }

  private Waves.Answer ask(String name, boolean canary) {
    return waves.ask(service(name), clinic(name), canary, false, now);
  }

  private Optional<Instant> settle(String... names) {
    Optional<Instant> next = Optional.empty();
    for (String name : names) {
      next = waves.settled(service(name), clinic(name), now);
    }
    return next;
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  private static String name(int i) {
    return "s%02d".formatted(i);
  }

  private static Owner service(String name) {
    return new Owner("ClinicService", "a", name);
  }

  private static Owner clinic(String name) {
    return new Owner("Clinic", "a", name);
  }
}
