package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The edge lets in exactly those whom manifests mean, over sockets. */
class AccessEdgePropertyTest {
  private static final int MANIFESTS = 60;
  private static final int REQUESTS = 20;
  private static final long FIRST = 50_000;

  @Test
  void theEdgeDoesWhatManifestsMean() {
    // Given
    AccessProperty property = new AccessProperty(SocketGateway::new, REQUESTS);
    // When
    property.check(FIRST, MANIFESTS);
    // Then
    System.out.println("access through the edge: " + property.counts());
    assertThat(property.count(Outcome.OK)).isGreaterThan(MANIFESTS);
  }
}
