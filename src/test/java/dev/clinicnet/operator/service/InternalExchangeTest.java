package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ServiceBuilder.service;
import static dev.clinicnet.operator.claim.ServiceStatusBuilder.serviceStatus;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.InternalURLs;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Services of a Clinic that exchange their internal URLs, with passes of services, sweeps and
 * technicians in any order: no public endpoint ever leads to another service's upstream, and all
 * have their URLs in the end.
 */
class InternalExchangeTest {
  private static final Clinic CLINIC = ServiceDecisionTest.acceptedClinic();
  private static final String BOUND_AT = "2026-01-01T00:00:00Z";
  private static final int SEEDS = 150;
  private static final int ACTIONS = 60;

  /** A site with services s0, s1, …, its site kit, and agents that each have one. */
  private static final class World {
    private final Random random;

    /** The wanted URL of each service, and the target of its public endpoint. */
    private final Map<String, String> wanted = new TreeMap<>();

    private final Map<String, String> forwards = new TreeMap<>();

    /** By URL, the service whose upstream an agent leads to; one for each agent. */
    private final List<Map<String, String>> installed = new ArrayList<>();

    /** The state in the last sweep. */
    private List<Map<String, String>> listed = List.of();

    private int changesOfTheKit;

    World(long seed, int services, int agents) {
      random = new Random(seed);
      for (int i = 0; i < services; i++) {
        wanted.put("s" + i, url(i));
        forwards.put("s" + i, url(i));
      }
      Map<String, String> kit = kit();
      for (int i = 0; i < agents; i++) {
        installed.add(kit);
      }
      sweep();
    }

    static String url(int number) {
      return "https://u" + number + ".clinic1.internal";
    }

    /**
     * Somebody edits the manifests: every service asks for the URL of another, or for its own. Not
     * twice between two sweeps: what an agent was given in between is not known then.
     */
    void exchange() {
      sweep();
      List<String> urls = new ArrayList<>(wanted.values());
      Collections.shuffle(urls, random);
      wanted.replaceAll((name, url) -> urls.remove(0));
    }

    void act() {
      switch (random.nextInt(4)) {
        case 0 -> sweep();
        case 1 -> installed.set(random.nextInt(installed.size()), kit());
        default -> pass("s" + random.nextInt(wanted.size()));
      }
      assertNobodyIsMisled();
    }

    void settle() {
      for (int i = 0; i < 4; i++) {
        installed.replaceAll(kit -> kit());
        sweep();
        for (int j = 0; j < 4; j++) {
          wanted.keySet().forEach(this::pass);
        }
        assertNobodyIsMisled();
        changesOfTheKit += installed.get(0).equals(kit()) ? 0 : 1;
      }
    }

    private void sweep() {
      listed = List.copyOf(installed);
    }

    private Map<String, String> kit() {
      return InternalURLs.bound(CLINIC, services()).stream()
          .collect(
              toMap(InternalURLs.Bound::url, bound -> bound.service().getMetadata().getName()));
    }

    private void pass(String name) {
      ServiceScene scene = null;
      List<ClinicService> others = new ArrayList<>();
      for (ClinicService service : services()) {
        if (service.getMetadata().getName().equals(name)) {
          scene = ServiceScene.of(service).in(CLINIC);
        } else {
          others.add(service);
        }
      }
      others.forEach(scene::sibling);
      for (int agent = 0; agent < listed.size(); agent++) {
        for (Map.Entry<String, String> bound : listed.get(agent).entrySet()) {
          scene.ngrok.put(Resource.ENDPOINTS, endpoint(agent, bound.getKey(), bound.getValue()));
        }
      }
      forwards.put(name, InternalEndpoint.of(scene.observe()).url());
    }

    private static Endpoint endpoint(int agent, String url, String name) {
      Ref session = new Ref("ts_" + agent, "");
      String id = "ep_" + agent + "_" + url;
      return new Endpoint(
          id,
          null,
          "ephemeral",
          url,
          null,
          true,
          null,
          null,
          null,
          name,
          null,
          session,
          null,
          null);
    }

    private List<ClinicService> services() {
      return wanted.keySet().stream()
          .map(
              name ->
                  service(name)
                      .internalURL(wanted.get(name))
                      .status(
                          serviceStatus()
                              .internalURL(forwards.get(name))
                              .internalBoundAt(BOUND_AT)
                              .build())
                      .build())
          .toList();
    }

    private void assertNobodyIsMisled() {
      forwards.forEach(
          (name, url) ->
              assertThat(installed)
                  .allSatisfy(kit -> assertThat(kit.getOrDefault(url, name)).isEqualTo(name)));
      assertThat(forwards.values()).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 1", "4, 1", "5, 1", "2, 2", "3, 2"})
  void nobodyIsEverMisledAndAllArriveAtLast(int services, int agents) {
    for (int seed = 0; seed < SEEDS; seed++) {
      World world = new World(seed, services, agents);
      for (int i = 0; i < ACTIONS; i++) {
        if (i % 20 == 0) {
          world.exchange();
        }
        world.act();
      }
      world.settle();
      assertThat(world.forwards).as("seed " + seed).isEqualTo(world.wanted);
    }
  }

  /** The usual way: one edit, and the site kit is installed after each change. */
  @ParameterizedTest
  @CsvSource({"2", "3", "6"})
  void aCycleTakesTwoSiteKits(int services) {
    World world = new World(1, services, 1);
    for (int i = 0; i < services; i++) {
      world.wanted.put("s" + i, World.url((i + 1) % services));
    }

    assertThat(world.kit()).hasSize(services).doesNotContainKeys(World.url(0), World.url(1));
    world.settle();
    assertThat(world.forwards).isEqualTo(world.wanted);
    assertThat(world.changesOfTheKit).isEqualTo(1);
  }
}
