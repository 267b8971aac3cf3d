package dev.clinicnet.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * {@code kubectl wait --for=condition=Ready} is content with an object exactly when its verdict is
 * Healthy. The states are made on the API server, so that they are states it can hold.
 */
class KubectlWaitIT {
  static final List<String> KINDS = StatusCorpus.KINDS;

  private static final Pattern MET =
      Pattern.compile("clinic\\w*\\.clinicnet\\.dev/(\\S+) condition met");

  private static final PatchContext STATUS =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("clinic-operator")
          .withForce(true)
          .build();

  @RegisterExtension final FreshNamespace namespace = FreshNamespace.withoutControllers();

  private final KubernetesSerialization json = new KubernetesSerialization();

  @ParameterizedTest
  @FieldSource("KINDS")
  void itWaitsForWhateverIsNotHealthy(String kind) {
    List<StatusCase> cases =
        StatusCase.committed().stream().filter(c -> c.kind().equals(kind)).toList();
    cases.forEach(this::make);

    Set<String> met =
        MET.matcher(waitForReady(kind))
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(met)
        .isEqualTo(
            cases.stream()
                .filter(c -> c.verdict().equals("Healthy"))
                .map(StatusCase::name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Checks every object once, and continues after one that is not ready. */
  private String waitForReady(String kind) {
    String[] wait = {
      "wait",
      "--namespace=" + namespace.name(),
      "--for=condition=Ready",
      "--timeout=0",
      "--all",
      kind.toLowerCase(Locale.ROOT) + "s.clinicnet.dev"
    };
    try {
      return namespace.kubernetes().kubectl(wait);
    } catch (IllegalStateException failed) {
      // The message holds what it wrote.
      return failed.getMessage();
    }
  }

  private void make(StatusCase wanted) {
    GenericKubernetesResource created = resource(wanted.manifest()).create();
    Resource<GenericKubernetesResource> live = namespace.admin().resource(created);
    if (wanted.terminating()) {
      live.delete();
    } else if (wanted.generation() > 1) {
      change(wanted);
    }
    if (wanted.status().path("observedGeneration").asLong() >= 0 || wanted.status().size() > 1) {
      ObjectNode withStatus = wanted.manifest();
      withStatus.set("status", wanted.status());
      live.subresource("status").patch(STATUS, json.asJson(withStatus));
    }
    assertHeld(wanted, json.convertValue(live.get(), JsonNode.class));
  }

  /** A new generation: any field of the spec that may be changed will do. */
  private void change(StatusCase wanted) {
    ObjectNode other = wanted.manifest();
    ObjectNode spec = (ObjectNode) other.path("spec");
    if (wanted.kind().equals(StatusCorpus.CLINIC)) {
      spec.put("displayName", "Another");
    } else {
      ((ObjectNode) spec.path("upstream")).put("url", "http://192.168.1.103:3001");
    }
    resource(other).forceConflicts().serverSideApply();
  }

  private void assertHeld(StatusCase wanted, JsonNode held) {
    assertThat(held.at("/metadata/generation").asLong())
        .as("generation of %s", wanted)
        .isEqualTo(wanted.generation());
    assertThat(held.path("status")).as("status of %s", wanted).isEqualTo(wanted.status());
    assertThat(held.path("metadata").has("deletionTimestamp"))
        .as("whether %s is being deleted", wanted)
        .isEqualTo(wanted.terminating());
  }

  private Resource<GenericKubernetesResource> resource(JsonNode object) {
    return namespace.admin().resource(json.convertValue(object, GenericKubernetesResource.class));
  }
}
