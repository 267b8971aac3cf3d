package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.agent.AgentConfig;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
    List<String> kits = world.sites().stream().map(site -> kit(world, site)).toList();
    Meter meter = Meter.start(world);
    world.each(kits, kit -> connect(world, kit));
    world.watch().awaitAgents();
    meter.stop(figures, Map.of(), System.nanoTime());
    meter.heap(figures);
    return figures;
  }

  private static String kit(World world, Site site) {
    Secret secret =
        world
            .admin()
            .secrets()
            .inNamespace(world.namespace())
            .withName(site.name() + "-site-kit")
            .require();
    return new String(
        Base64.getDecoder().decode(secret.getData().get(AgentConfig.FILE)), StandardCharsets.UTF_8);
  }

  private static void connect(World world, String kit) {
    JsonNode agent = world.account().connectSimulated(kit);
    if (!agent.path("error_code").isMissingNode()) {
      throw new IllegalStateException("an agent was refused: " + agent.path("error_code").asText());
    }
  }
}
