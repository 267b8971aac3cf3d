package dev.clinicnet.operator.clinic;

import static dev.clinicnet.operator.claim.ClinicBuilder.clinic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.claim.ClinicBuilder;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.claim.DomainNames;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Clinics contest a name, and that the index finds every such pair. */
class ContestTest {

  @ParameterizedTest
  @CsvSource({
    "exclusive a.com,   exclusive a.com,     true",
    "exclusive a.com,   shared    a.com,     true",
    "shared    a.com,   shared    a.com,     false",
    "exclusive *.a.com, exclusive b.a.com,   true",
    "exclusive *.a.com, exclusive c.b.a.com, true",
    "exclusive *.a.com, exclusive a.com,     false",
    "exclusive *.a.com, shared    a.com,     false",
    "exclusive *.a.com, shared    *.b.a.com, true",
    "exclusive *.a.com, shared    b.a.com,   true",
    "shared    *.a.com, exclusive b.a.com,   false",
    "shared    *.a.com, exclusive *.b.a.com, false",
    "shared    *.a.com, shared    *.b.a.com, false",
    "exclusive a.com,   exclusive b.a.com,   false",
    "exclusive *.a.com, exclusive *.ba.com,  false",
  })
  void conflictIsSymmetric(String one, String other, boolean conflict) {
    assertThat(ClinicClaims.conflict(domain(one), domain(other))).isEqualTo(conflict);
    assertThat(ClinicClaims.conflict(domain(other), domain(one))).isEqualTo(conflict);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyRivalIsFoundByAKey(long seed) {
    Random random = new Random(seed);
    int contested = 0;
    for (int i = 0; i < 3000; i++) {
      // Given
      Clinic one = random(random, "one");
      Clinic other = random(random, "other");
      // Then
      if (contest(one, other)) {
        contested++;
        assertThat(Collections.disjoint(ClaimKeys.contestedBy(one), ClaimKeys.of(other)))
            .as("seed %s: %s against %s", seed, one.getSpec(), other.getSpec())
            .isFalse();
        assertThat(Collections.disjoint(ClaimKeys.contestedBy(other), ClaimKeys.of(one)))
            .as("seed %s: %s against %s", seed, other.getSpec(), one.getSpec())
            .isFalse();
      }
    }
    assertThat(contested).isGreaterThan(100);
  }

  private static boolean contest(Clinic one, Clinic other) {
    return DomainNames.nested(ClinicNames.internalDomain(one), ClinicNames.internalDomain(other))
        || one.getSpec().domains().stream()
            .anyMatch(
                mine ->
                    other.getSpec().domains().stream()
                        .anyMatch(theirs -> ClinicClaims.conflict(mine, theirs)));
  }

  private static Clinic random(Random random, String name) {
    ClinicBuilder clinic = clinic(name).internalDomain(name(random, 3) + "internal");
    for (int i = random.nextInt(3); i > 0; i--) {
      String domain = (random.nextBoolean() ? "*." : "") + name(random, 3) + "com";
      if (random.nextBoolean()) {
        clinic.shared(domain);
      } else {
        clinic.exclusive(domain);
      }
    }
    return clinic.build();
  }

  private static String name(Random random, int most) {
    StringBuilder name = new StringBuilder();
    for (int labels = 1 + random.nextInt(most); labels > 0; labels--) {
      name.append("abcdef".charAt(random.nextInt(6))).append('.');
    }
    return name.toString();
  }

  private static ClinicDomain domain(String text) {
    String[] parts = text.split(" +", 2);
    return new ClinicDomain(parts[1], parts[0].equals("shared"));
  }
}
