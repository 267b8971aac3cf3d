package dev.clinicnet.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.claim.Claimant.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-01-02T00:00:00Z");

  private static final List<Hold> HOLDS = List.of(Hold.values());

  @ParameterizedTest
  @CsvSource({
    "MARK,   MARK,   older",
    "MARK,   STATUS, young",
    "MARK,   NONE,   young",
    "STATUS, MARK,   older",
    "STATUS, STATUS, older",
    "STATUS, NONE,   young",
    "NONE,   MARK,   older",
    "NONE,   STATUS, older",
    "NONE,   NONE,   older",
  })
  void theFirmerHoldWinsAndAgeDecidesBetweenEquals(Hold young, Hold old, String winner) {
    // Given
    Claimant self = claimant("ns", "young", LATE, young);
    Claimant rival = claimant("ns", "older", EARLY, old);
    // Then
    assertThat(Claims.heldBy(self, List.of(rival)).isPresent()).isEqualTo(winner.equals("older"));
    assertThat(Claims.heldBy(rival, List.of(self)).isPresent()).isEqualTo(winner.equals("young"));
  }

  @Test
  void namespaceAndThenNameDecideBetweenEquallyOld() {
    // Given
    Claimant a = claimant("a", "z", EARLY, Hold.NONE);
    Claimant b = claimant("b", "a", EARLY, Hold.NONE);
    Claimant c = claimant("b", "b", EARLY, Hold.NONE);
    // Then
    assertThat(Claims.heldBy(a, List.of(b, c))).isEmpty();
    assertThat(Claims.heldBy(b, List.of(a, c))).contains(a);
    assertThat(Claims.heldBy(c, List.of(b))).contains(b);
  }

  @Test
  void nobodyHoldsItAgainstOneWhoIsAlone() {
    assertThat(Claims.heldBy(claimant("a", "a", LATE, Hold.NONE), List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void exactlyOneOfAnyCrowdHoldsTheNameAndAllOthersAgreeWho(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      // Given
      List<Claimant> crowd = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(5); i++) {
        crowd.add(
            claimant(
                "ns" + random.nextInt(2),
                "n" + i,
                random.nextBoolean() ? EARLY : LATE,
                HOLDS.get(random.nextInt(3))));
      }
      Collections.shuffle(crowd, random);
      // When
      List<Claimant> holders =
          crowd.stream()
              .filter(self -> Claims.heldBy(self, others(crowd, self)).isEmpty())
              .toList();
      // Then
      assertThat(holders).as("seed %s: %s", seed, crowd).hasSize(1);
      crowd.stream()
          .filter(self -> !self.equals(holders.get(0)))
          .forEach(
              self ->
                  assertThat(Claims.heldBy(self, others(crowd, self)))
                      .as("seed %s", seed)
                      .contains(holders.get(0)));
    }
  }

  private static List<Claimant> others(List<Claimant> crowd, Claimant self) {
    return crowd.stream().filter(other -> !other.equals(self)).toList();
  }

  private static Claimant claimant(String namespace, String name, Instant created, Hold hold) {
    return new Claimant("Clinic " + namespace + "/" + name, namespace, name, created, hold);
  }
}
