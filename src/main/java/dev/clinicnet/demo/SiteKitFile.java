package dev.clinicnet.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.clinic.SiteKitSecret;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The agent's file as a technician takes it from the Secret.
 *
 * @param clinic the name of the Clinic
 */
record SiteKitFile(String clinic, String secret, String text, String token) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String MASK = "********";

  /** The paths of secrets in the agent's file. */
  private static final Set<String> SECRET_FIELDS =
      Set.of("authtoken", "credentials", "password", "server_private_key");

  static SiteKitFile read(KubernetesClient client, Clinic clinic) {
    String name = ClinicNames.siteKitSecret(clinic);
    Secret secret = client.secrets().inNamespace(Demo.NAMESPACE).withName(name).get();
    if (secret == null) {
      throw new DemoFailure(List.of("There is no Secret " + name + "."));
    }
    return new SiteKitFile(
        clinic.getMetadata().getName(),
        name,
        data(secret, SiteKitSecret.CONFIG),
        data(secret, "authtoken"));
  }

  private static String data(Secret secret, String key) {
    String value = secret.getData() == null ? null : secret.getData().get(key);
    if (value == null) {
      throw new DemoFailure(
          List.of("The Secret " + secret.getMetadata().getName() + " has no " + key + "."));
    }
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  /** The file without its secrets and without comments, for the output. */
  List<String> shown() {
    JsonNode file = tree();
    secrets(file, secret -> MASK);
    try {
      return YAML.writeValueAsString(file).lines().toList();
    } catch (JsonProcessingException e) {
      throw unreadable();
    }
  }

  /** Whether a text has one of its secrets, plain or encoded as in a Secret. */
  boolean isToldIn(String shown) {
    List<String> secrets = new ArrayList<>(List.of(token));
    secrets(
        tree(),
        secret -> {
          secrets.add(secret);
          // user:password
          secrets.add(secret.substring(secret.indexOf(':') + 1));
          return secret;
        });
    return secrets.stream().anyMatch(secret -> isIn(shown, secret));
  }

  private static boolean isIn(String shown, String secret) {
    String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    return shown.contains(secret) || shown.contains(encoded.replaceAll(".?=*$", ""));
  }

  /** Replaces every secret by another value. */
  private static void secrets(JsonNode node, UnaryOperator<String> replacement) {
    node.forEach(child -> secrets(child, replacement));
    if (node instanceof ObjectNode object) {
      for (String name : SECRET_FIELDS) {
        JsonNode value = object.path(name);
        if (value.isTextual()) {
          object.put(name, replacement.apply(value.asText()));
        } else if (value instanceof ArrayNode list) {
          for (int i = 0; i < list.size(); i++) {
            list.set(i, replacement.apply(list.get(i).asText()));
          }
        }
      }
    }
  }

  private JsonNode tree() {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw unreadable();
    }
  }

  /** The parser's message is left out, because it would quote the file and its secrets. */
  private DemoFailure unreadable() {
    return new DemoFailure(List.of("The file in the Secret " + secret + " is not valid YAML."));
  }

  /** The same file as a thief would change it: one endpoint, at this URL. */
  String bindingOnly(String url) {
    try {
      ObjectNode file = (ObjectNode) tree();
      ObjectNode endpoint = file.putArray("endpoints").addObject();
      endpoint.put("name", "stolen").put("url", url);
      endpoint.putObject("upstream").put("url", "http://localhost:8080");
      return YAML.writeValueAsString(file);
    } catch (JsonProcessingException e) {
      throw unreadable();
    }
  }

  /** The token is left out. */
  @Override
  public String toString() {
    return "SiteKitFile[" + clinic + "]";
  }
}
