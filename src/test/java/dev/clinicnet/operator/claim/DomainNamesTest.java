package dev.clinicnet.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNamesTest {

  @ParameterizedTest
  @CsvSource({
    "a.b.com,    a.b.com,   true",
    "a.b.com,    x.a.b.com, false",
    "*.b.com,    a.b.com,   true",
    "*.b.com,    b.com,     false",
    "*.b.com,    x.a.b.com, false",
    "*.b.com,    ab.com,    false",
    "*.b.com,    a.xb.com,  false",
    "*.b.com,    .b.com,    false",
    "b.com,      *.b.com,   false",
  })
  void coversItselfOrExactlyOneLabelBelowItsWildcard(String domain, String host, boolean covers) {
    assertThat(DomainNames.covers(domain, host)).isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource({
    "clinic1.internal,   clinic1.internal,       true",
    "clinic1.internal,   a.clinic1.internal,     true",
    "a.clinic1.internal, clinic1.internal,       true",
    "clinic1.internal,   aclinic1.internal,      false",
    "aclinic1.internal,  clinic1.internal,       false",
    "clinic1.internal,   clinic1.a.internal,     false",
    "clinic1.internal,   clinic10.internal,      false",
    "a.clinic1.internal, b.clinic1.internal,     false",
    "a.b.c.internal,     c.internal,             true",
  })
  void nestsByWholeLabels(String one, String other, boolean nested) {
    assertThat(DomainNames.nested(one, other)).isEqualTo(nested);
    assertThat(DomainNames.nested(other, one)).isEqualTo(nested);
  }

  @ParameterizedTest
  @CsvSource({
    "a.com,   a.com,     true",
    "a.com,   b.a.com,   false",
    "*.a.com, b.a.com,   true",
    "*.a.com, c.b.a.com, true",
    "*.a.com, *.b.a.com, true",
    "*.a.com, *.a.com,   true",
    "*.a.com, *.ba.com,  false",
    "*.a.com, ba.com,    false",
    "*.b.com, a.com,     false",
  })
  void overlapsAtEveryDepthBelowAWildcard(String one, String other, boolean overlap) {
    assertThat(DomainNames.overlap(one, other)).isEqualTo(overlap);
    assertThat(DomainNames.overlap(other, one)).isEqualTo(overlap);
  }

  @Test
  void suffixesGoDownToTwoLabelsAndLeaveTheWildcardOut() {
    assertThat(DomainNames.suffixes("a.b.clinic1.internal"))
        .isEqualTo(List.of("a.b.clinic1.internal", "b.clinic1.internal", "clinic1.internal"));
    assertThat(DomainNames.suffixes("*.b.com")).containsExactly("b.com");
    assertThat(DomainNames.suffixes("com")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverIsCoveredOverlaps(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      // Given
      String domain = (random.nextBoolean() ? "*." : "") + name(random);
      String host = name(random);
      // Then
      if (DomainNames.covers(domain, host)) {
        assertThat(DomainNames.overlap(domain, host))
            .as("seed %s: %s and %s", seed, domain, host)
            .isTrue();
      }
    }
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int labels = 1 + random.nextInt(3); labels > 0; labels--) {
      name.append(random.nextBoolean() ? "a" : "b").append('.');
    }
    return name + "com";
  }
}
