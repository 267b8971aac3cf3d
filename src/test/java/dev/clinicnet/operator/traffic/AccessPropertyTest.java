package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The policies of many services let in exactly those whom their manifests mean. */
class AccessPropertyTest {
  private static final int MANIFESTS = 1200;
  private static final int REQUESTS = 25;

  @Test
  void policiesDoWhatManifestsMean() {
    // Given
    AccessProperty property = new AccessProperty(PureGateway::new, REQUESTS);
    // When
    property.check(1, MANIFESTS);
    // Then
    System.out.println("access through policies: " + property.counts());
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.OTHER) {
        assertThat(property.count(outcome)).as("else little is shown of %s", outcome).isPositive();
      }
    }
    assertThat(property.dials(Outcome.OK)).isPositive();
    assertThat(property.dials(Outcome.FORBIDDEN)).isPositive();
    assertThat(property.count(Outcome.OK)).isGreaterThan(MANIFESTS * REQUESTS / 10);
  }
}
