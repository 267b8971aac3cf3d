package dev.clinicnet.operator.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.testkit.AgentKind;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.RealAgents;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two hundred agents on ngrok's Go SDK, in one process, connect to one simulator. */
class ManyAgentsIT {
  private static final int AGENTS = 200;
  private static final Duration MOST = Duration.ofSeconds(20);
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void allAreConnectedInTwentySeconds() {
    try (NgrokAccount account = NgrokAccount.open()) {
      account.play(AgentKind.REAL);
      RealAgents agents = account.realAgents();
      List<String> files = new ArrayList<>();
      for (int i = 0; i < AGENTS; i++) {
        files.add(file(account, i));
      }
      int threads = threads();

      long start = System.nanoTime();
      for (int i = 0; i < AGENTS; i++) {
        agents.run("site" + i, files.get(i));
      }
      await().atMost(MOST).until(() -> account.all("endpoints").size() == AGENTS);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);

      assertThat(account.all("tunnel_sessions")).hasSize(AGENTS);
      assertThat(taken).isLessThan(MOST);
      assertThat(agents.memory()).isLessThan(200 * MEBIBYTE);
      System.out.println(
          AGENTS
              + " agents connected in "
              + taken.toMillis()
              + " ms; their process has "
              + agents.memory() / MEBIBYTE
              + " MiB, the simulator's "
              + (threads() - threads)
              + " threads more");
    }
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static String file(NgrokAccount account, int number) {
    JsonNode credential =
        account.call(
            "POST", "/credentials", "{\"acl\": [\"bind:*.site%d.internal\"]}".formatted(number));
    return """
        version: 3
        agent:
          authtoken: "%s"
        endpoints:
          - name: api
            url: https://api.site%d.internal
            upstream: {url: "http://192.168.1.100:8080"}
        """
        .formatted(credential.path("token").asText(), number);
  }
}
