package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.agent.AgentConfig;
import dev.clinicnet.testkit.Manifests;
import java.util.List;
import java.util.Map;

/** An agent connects at every site, with the site kit that the operator has published. */
final class ConnectAll implements Scenario {
  @Override
  public String name() {
    return "connect-all";
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    Manifests manifests = new Manifests(world.admin(), world.namespace());
    List<String> kits =
        world.sites().stream()
            .map(site -> manifests.file(site.name() + "-site-kit", AgentConfig.FILE))
            .toList();
    Meter meter = Meter.start(world);
    world.each(kits, kit -> connect(world, kit));
    world.watch().awaitAgents();
    meter.stop(figures, Map.of(), System.nanoTime());
    meter.heap(figures);
    return figures;
  }

  private static void connect(World world, String kit) {
    JsonNode agent = world.account().connectSimulated(kit);
    if (!agent.path("error_code").isMissingNode()) {
      throw new IllegalStateException("an agent was refused: " + agent.path("error_code").asText());
    }
  }
}
