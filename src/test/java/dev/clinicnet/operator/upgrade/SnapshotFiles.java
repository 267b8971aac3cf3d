package dev.clinicnet.operator.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.testkit.NgrokAccount;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a snapshot. Tokens are replaced by fakes, in the same way everywhere, so that agents
 * can connect with the files.
 *
 * @param fakes by token
 */
record SnapshotFiles(Map<String, String> fakes) {
  private static final String GROUP = "clinicnet.dev";
  private static final JsonMapper JSON = new JsonMapper();

  /** Keeps the half of an authtoken that says whose it is, and nothing of what is secret. */
  static String fake(String token) {
    return token.substring(0, token.indexOf('_')) + "_FAKEfakeFAKEfakeFAKE1";
  }

  /** All objects in the namespace that the operator reads or writes, owners first. */
  String objects(KubernetesClient client, String namespace) {
    List<HasMetadata> values = new ArrayList<>();
    values.addAll(client.configMaps().inNamespace(namespace).list().getItems());
    values.addAll(client.secrets().inNamespace(namespace).list().getItems());
    return Stream.of(
            values.stream().filter(object -> !isOwned(object)),
            ours(client, namespace),
            values.stream().filter(SnapshotFiles::isOwned))
        .flatMap(objects -> objects)
        .map(this::text)
        .collect(Collectors.joining());
  }

  /** The state of the simulator, with the fake tokens. */
  String account(NgrokAccount account) {
    JsonNode state =
        json(account.state().replace(account.url().toString(), "https://api.ngrok.com"));
    for (JsonNode credential : state.path("credentials")) {
      String half = credential.path("id").asText().replaceFirst("^cr_", "");
      fakes.values().stream()
          .filter(fake -> fake.startsWith(half + "_"))
          .forEach(fake -> ((ObjectNode) credential).put("token", fake));
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<? extends HasMetadata> ours(KubernetesClient client, String namespace) {
    return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .filter(crd -> crd.getSpec().getGroup().equals(GROUP))
        // Clinics, then their services, then sessions of these.
        .sorted(Comparator.comparing(crd -> crd.getMetadata().getName()))
        .flatMap(
            crd ->
                client
                    .genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(crd))
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream());
  }

  private static boolean isOwned(HasMetadata object) {
    return !object.getMetadata().getOwnerReferences().isEmpty();
  }

  private String text(HasMetadata object) {
    object.getMetadata().setManagedFields(null);
    if (object instanceof Secret secret && secret.getData() != null) {
      secret.getData().replaceAll((key, value) -> withoutTokens(value));
    }
    return Serialization.asYaml(object);
  }

  private String withoutTokens(String base64) {
    String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    String fake = text;
    for (Map.Entry<String, String> entry : fakes.entrySet()) {
      fake = fake.replace(entry.getKey(), entry.getValue());
    }
    return fake.equals(text)
        ? base64
        : Base64.getEncoder().encodeToString(fake.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
