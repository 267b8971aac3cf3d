package dev.clinicnet.operator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.traffic.TrafficTable.Block;
import dev.clinicnet.operator.traffic.TrafficTable.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every row of the table through agents on ngrok's own SDK: there is no difference. */
class TrafficTableAgentIT {
  private static Map<String, PublishedService> services;
  private static RealSite site;

  @BeforeAll
  static void publish() {
    services = PublishedService.all();
    site = new RealSite();
  }

  @AfterAll
  static void closeSite() {
    site.close();
  }

  static List<Block> blocks() {
    return TrafficTable.blocks();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void theEdgeDoesAsTheTableSays(Block block) {
    // Given
    try (SocketGateway gateway = new SocketGateway(services.get(block.service()), site)) {
      for (Row row : block.rows()) {
        // When
        Outcome outcome = gateway.outcome(row.attempt());
        // Then
        assertThat(outcome).as("%s; %s", row, gateway.log()).isEqualTo(row.expected());
      }
    }
  }
}
