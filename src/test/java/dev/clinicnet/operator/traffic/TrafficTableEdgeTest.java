package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.traffic.TrafficTable.Block;
import dev.clinicnet.operator.traffic.TrafficTable.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every row of the table over sockets, and checks what clients see and what reaches the
 * upstream.
 */
class TrafficTableEdgeTest {
  private static Map<String, PublishedService> services;

  @BeforeAll
  static void publish() {
    services = PublishedService.all();
  }

  static List<Block> blocks() {
    return TrafficTable.blocks();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void theEdgeDoesAsTheTableSays(Block block) {
    // Given
    try (SocketGateway gateway = new SocketGateway(services.get(block.service()))) {
      for (Row row : block.rows()) {
        // When
        Outcome outcome = gateway.outcome(row.attempt());
        // Then
        assertThat(outcome).as("%s; %s", row, gateway.log()).isEqualTo(row.expected());
      }
    }
  }
}
