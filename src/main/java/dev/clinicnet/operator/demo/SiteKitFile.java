package dev.clinicnet.operator.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.claim.ClinicNames;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The agent's file as a technician takes it from the Secret.
 *
 * @param clinic the name of the Clinic
 */
record SiteKitFile(String clinic, String secret, String text, String token) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String MASK = "********";

  static SiteKitFile read(KubernetesClient client, Clinic clinic) {
    String name = ClinicNames.siteKitSecret(clinic);
    Secret secret = client.secrets().inNamespace(Demo.NAMESPACE).withName(name).get();
    if (secret == null) {
      throw new DemoFailure(List.of("There is no Secret " + name + "."));
    }
    return new SiteKitFile(
        clinic.getMetadata().getName(), name, data(secret, "ngrok.yml"), data(secret, "authtoken"));
  }

  private static String data(Secret secret, String key) {
    String value = secret.getData() == null ? null : secret.getData().get(key);
    if (value == null) {
      throw new DemoFailure(
          List.of("The Secret " + secret.getMetadata().getName() + " has no " + key + "."));
    }
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  /** Without the token and without comments, to be shown. */
  List<String> shown() {
    return text.replace(token, MASK)
        .lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .toList();
  }

  /** Whether a text holds the token, as it is or as Secrets encode it. */
  boolean isToldIn(String shown) {
    String encoded = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    return shown.contains(token) || shown.contains(encoded.replace("=", ""));
  }

  /** The same file as a thief would change it: one endpoint, at this URL. */
  String bindingOnly(String url) {
    try {
      ObjectNode file = (ObjectNode) YAML.readTree(text);
      ObjectNode endpoint = file.putArray("endpoints").addObject();
      endpoint.put("name", "stolen").put("url", url);
      endpoint.putObject("upstream").put("url", "http://localhost:8080");
      return YAML.writeValueAsString(file);
    } catch (JsonProcessingException e) {
      // Its message would quote the file, and with it the token.
      throw new DemoFailure(List.of("The file in the Secret " + secret + " is no YAML."));
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "SiteKitFile[" + clinic + "]";
  }
}
