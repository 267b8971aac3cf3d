package dev.clinicnet.operator.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.endpoint.PublicEndpoint;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For every manifest, raw rules, stale status and account: every forward of a policy that is
 * written leads to a URL under the internal domain that the Clinic has now, and none that leads
 * elsewhere stays in force.
 */
class ForwardPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final int CASES = 1500;

  /** A host under the internal domain of the other Clinic, at any place of a URL. */
  private static final Pattern ANOTHERS =
      Pattern.compile(
          "(^|[^a-z0-9.-])([a-z0-9-]+\\.)*"
              + Pattern.quote(RandomNetworks.FORMER)
              + "\\.?($|[^a-z0-9.-])",
          Pattern.CASE_INSENSITIVE);

  @ParameterizedTest
  @ValueSource(longs = {1, 50_000, 700_000})
  void everyForwardLeadsIntoTheNetworkOfTheClinic(long seed) {
    int written = 0;
    int stale = 0;
    int closed = 0;
    for (long i = seed; i < seed + CASES; i++) {
      RandomNetworks networks = new RandomNetworks(i);
      Optional<ServiceScene> scene = networks.next();
      if (scene.isEmpty()) {
        continue;
      }
      ServiceObservation o = scene.get().observe();
      List<Step> steps = ServiceDecision.decide(o).steps();
      boolean away = leavesStatus(o, networks.domain());
      for (String policy : policies(steps)) {
        List<String> forwards = forwards(policy);
        if (o.clinic().isPresent()) {
          assertThat(forwards)
              .as("seed %d: %s", i, policy)
              .allMatch(url -> isHome(url, networks.domain()));
        } else {
          assertKept(o, forwards, "seed %d: %s".formatted(i, policy));
        }
        written += forwards.isEmpty() ? 0 : 1;
        stale += away && !forwards.isEmpty() ? 1 : 0;
      }
      for (Endpoint endpoint : o.endpoints()) {
        closed += allHome(endpoint.trafficPolicy(), networks.domain()) ? 0 : 1;
        String named = "seed %d: %s, %s".formatted(i, endpoint.trafficPolicy(), steps);
        String after = after(endpoint, steps);
        if (o.clinic().isPresent()) {
          assertThat(allHome(after, networks.domain())).as(named).isTrue();
        } else {
          assertNotAnothers(o, forwards(after), named);
        }
      }
    }
    assertThat(written).as("else little is shown").isGreaterThan(CASES / 8);
    assertThat(stale).as("else little is shown").isGreaterThan(CASES / 20);
    assertThat(closed).as("else little is shown").isGreaterThan(CASES / 10);
  }

  /**
   * A write while the Clinic is missing only closes something, and forwards only to the earlier
   * target, but never to the domain of another Clinic.
   */
  private static void assertKept(ServiceObservation o, List<String> forwards, String named) {
    List<String> before =
        o.endpoints().stream().flatMap(e -> forwards(e.trafficPolicy()).stream()).toList();
    assertThat(before).as(named).containsAll(forwards);
    assertNotAnothers(o, forwards, named);
  }

  private static void assertNotAnothers(ServiceObservation o, List<String> forwards, String named) {
    if (o.holders().manifests().clinic("elsewhere", "other").isPresent()) {
      assertThat(forwards).as(named).noneMatch(url -> ANOTHERS.matcher(url).find());
    }
  }

  private static List<String> policies(List<Step> steps) {
    return steps.stream().map(PublicEndpoint::policySent).filter(Objects::nonNull).toList();
  }

  /** The policy that an endpoint has when the steps are done; null when it is gone. */
  private static String after(Endpoint endpoint, List<Step> steps) {
    String policy = endpoint.trafficPolicy();
    for (Step step : steps) {
      if (step instanceof Step.Delete delete && delete.id().equals(endpoint.id())) {
        return null;
      }
      if (step instanceof Step.Update<?, ?> update
          && update.id().equals(endpoint.id())
          && PublicEndpoint.policySent(step) != null) {
        policy = PublicEndpoint.policySent(step);
      }
    }
    return policy;
  }

  private static boolean leavesStatus(ServiceObservation o, String domain) {
    String url = o.status().internalURL();
    return url != null && !isHome(url, domain);
  }

  private static boolean allHome(String policy, String domain) {
    return forwards(policy).stream().allMatch(url -> isHome(url, domain));
  }

  /** One scheme, labels, the domain, and at most a port, so that all readers agree. */
  private static boolean isHome(String url, String domain) {
    return Pattern.matches(
        "(http|https|tcp|tls)://([a-z0-9-]+\\.)+" + Pattern.quote(domain) + "(:[0-9]+)?", url);
  }

  /** Read as JSON or YAML; what is neither is not read by the platform either. */
  private static List<String> forwards(String policy) {
    List<String> urls = new ArrayList<>();
    if (policy != null) {
      tree(JSON, policy).or(() -> tree(YAML, policy)).ifPresent(tree -> collect(tree, urls));
    }
    return urls;
  }

  private static Optional<JsonNode> tree(ObjectMapper mapper, String text) {
    try {
      return Optional.of(mapper.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static void collect(JsonNode node, List<String> urls) {
    if (node.path("type").asText().strip().equalsIgnoreCase("forward-internal")) {
      urls.add(node.path("config").path("url").asText());
    }
    node.forEach(child -> collect(child, urls));
  }
}
