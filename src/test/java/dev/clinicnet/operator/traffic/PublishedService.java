package dev.clinicnet.operator.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.claim.ServiceNames;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.reference.TerminationReferences;
import dev.clinicnet.operator.service.AcceptedPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A service and the policy that the operator makes of its manifest.
 *
 * @param url the public endpoint
 * @param policy its policy, as the API is sent it
 * @param forwardURL the internal endpoint behind it
 * @param vault the name of the vault
 * @param secrets what is in it
 * @param agentPolicy the policy of the internal endpoint; empty for none
 */
record PublishedService(
    ClinicService service,
    String url,
    String policy,
    String forwardURL,
    String vault,
    Map<String, String> secrets,
    String agentPolicy) {
  private static final Path FILE = Path.of("src/test/resources/traffic/services.yaml");
  private static final Pattern DOCUMENT_END = Pattern.compile("^---$", Pattern.MULTILINE);
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The services of the table, by name. */
  static Map<String, PublishedService> all() {
    Map<String, PublishedService> services = new LinkedHashMap<>();
    for (JsonNode manifest : manifests()) {
      String name = manifest.at("/metadata/name").asText();
      PublishedService service =
          of(manifest.toString()).orElseThrow(() -> new AssertionError(name + " is refused"));
      if (services.put(name, service) != null) {
        throw new AssertionError("two services are called " + name);
      }
    }
    return services;
  }

  /** The manifests of the table, as they are written. */
  static List<JsonNode> manifests() {
    try {
      List<JsonNode> manifests = new ArrayList<>();
      for (String document : DOCUMENT_END.split(Files.readString(FILE), -1)) {
        manifests.add(YAML.readTree(document));
      }
      return manifests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The service of a manifest; empty if the operator refuses it. */
  static Optional<PublishedService> of(String manifest) {
    return AcceptedPolicy.of(manifest, Site.USERS, Site.OBJECTS)
        .map(
            accepted ->
                new PublishedService(
                    accepted.service(),
                    ServiceNames.publicURL(accepted.service())
                        .orElseGet(() -> address(accepted.service())),
                    accepted.policy().toJson(),
                    accepted.forwardURL(),
                    accepted.vault(),
                    accepted.secrets(),
                    accepted.agentPolicy()));
  }

  /** The same service with another policy. */
  PublishedService withPolicy(JsonNode other) {
    try {
      return new PublishedService(
          service, url, JSON.writeValueAsString(other), forwardURL, vault, secrets, agentPolicy);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** The policy as a tree. */
  JsonNode policyTree() {
    return tree(policy);
  }

  /** Any policy as a tree. */
  static JsonNode tree(String policy) {
    try {
      return JSON.readTree(policy);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** How the agent ends TLS, as the operator writes it into the site kit; empty: not at all. */
  Optional<TLSTermination> termination() {
    MemoryCluster cluster = new MemoryCluster();
    Site.OBJECTS.forEach(
        (name, data) -> cluster.addSecret(name, "1", data).addConfigMap(name, data));
    return TerminationReferences.resolve(service, cluster, Site.START).value();
  }

  /**
   * The authorities of required client certificates at the agent; empty: no certificate is
   * requested.
   */
  List<X509Certificate> agentAuthorities() {
    return termination()
        .map(TLSTermination::clientCAs)
        .map(bundle -> certificates(String.join("\n", bundle.pems())))
        .orElse(List.of());
  }

  String scheme() {
    return url.substring(0, url.indexOf(':'));
  }

  /** The public host. */
  String host() {
    return ServiceNames.host(url);
  }

  private static String address(ClinicService service) {
    return "tcp://" + service.getSpec().expose().tcp().address();
  }

  /** The certificates of a text that holds nothing else. */
  private static List<X509Certificate> certificates(String text) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }
}
