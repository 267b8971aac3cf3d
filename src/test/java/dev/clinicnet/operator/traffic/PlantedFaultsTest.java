package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The property finds every fault that is planted in policies. */
class PlantedFaultsTest {
  private static final int MANIFESTS = 600;
  private static final int REQUESTS = 25;
  private static List<PublishedService> services;

  @BeforeAll
  static void publish() {
    services = LongStream.range(0, MANIFESTS).mapToObj(AccessProperty::service).toList();
  }

  static List<PlantedFault> faults() {
    return PlantedFault.all();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void thePropertyFindsIt(PlantedFault fault) {
    // Given
    AccessProperty property = new AccessProperty(PureGateway::new, REQUESTS);
    int planted = 0;
    Optional<String> found = Optional.empty();
    // When
    for (int seed = 0; seed < MANIFESTS && found.isEmpty(); seed++) {
      PublishedService service = services.get(seed);
      PublishedService faulty = service.withPolicy(fault.plant().apply(service.policyTree()));
      if (!faulty.policyTree().equals(service.policyTree())) {
        planted++;
        found = property.fault(faulty, seed);
      }
    }
    // Then
    assertThat(planted).as("else there is nothing to find").isPositive();
    assertThat(found).as("%s, planted %d times", fault, planted).isPresent();
  }
}
