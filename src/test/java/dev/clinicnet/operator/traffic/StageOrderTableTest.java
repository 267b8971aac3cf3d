package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.policy.Stage;
import dev.clinicnet.operator.traffic.TrafficTable.Block;
import dev.clinicnet.operator.traffic.TrafficTable.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows that the table marks are those that would be others if two stages were swapped. */
class StageOrderTableTest {
  private static Map<String, PublishedService> services;

  @BeforeAll
  static void publish() {
    services = PublishedService.all();
  }

  static Stream<StagePair> pairs() {
    return IntStream.range(1, StagePair.STAGES.size()).mapToObj(StagePair::new);
  }

  @Test
  void everyStageOfPoliciesIsOneOfTheTable() {
    assertThat(StagePair.STAGES).hasSameSizeAs(Stage.values());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theMarkedRowsAreTheOnesThatChange(StagePair pair) {
    // Given
    List<Block> marking =
        TrafficTable.blocks().stream().filter(block -> !marked(block, pair).isEmpty()).toList();
    assertThat(marking).isNotEmpty();
    for (Block block : marking) {
      // When
      PublishedService service = services.get(block.service());
      List<Row> changed =
          changed(block, service.withPolicy(SwappedStages.of(service.policyTree(), pair)));
      // Then
      assertThat(changed).containsExactlyElementsOf(marked(block, pair));
    }
  }

  private static List<Row> changed(Block block, PublishedService service) {
    PureGateway gateway = new PureGateway(service);
    return block.rows().stream()
        .filter(row -> gateway.outcome(row.attempt()) != row.expected())
        .toList();
  }

  private static List<Row> marked(Block block, StagePair pair) {
    return block.rows().stream().filter(row -> row.order().equals(Optional.of(pair))).toList();
  }
}
