package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.inventory.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WavesTest {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final WaveOptions OPTIONS = new WaveOptions(10, 25, PAUSE);

  private final Set<Owner> offline = new HashSet<>();
  private final Set<String> woken = new LinkedHashSet<>();
  private final Waves waves = fresh();
  private Instant now = Instant.parse("2026-11-30T10:00:00Z");

  private Waves fresh() {
    return new Waves(
        OPTIONS, clinic -> !offline.contains(clinic), service -> woken.add(service.name()));
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
    assertThat(woken).containsExactly("s01", "s02");
    assertThat(waves.waiting()).isEqualTo(18);
    assertThat(waves.portions()).isEqualTo(1);
    settle("s01", "s02");
    after(PAUSE);
    woken.clear();
    assertThat(ask("s20", false).mayGo()).isFalse();
    assertThat(woken).containsExactly("s03", "s04", "s05", "s06", "s07");
    assertThat(ask("s03", false).mayGo()).isTrue();
  }

  @Test
  void aChangeOfFewClinicsGoesAtOnce() {
    askAll(9);
    after(Waves.COLLECT);

    assertThat(askAll(9)).hasSize(9);
    assertThat(waves.portions()).isZero();
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
