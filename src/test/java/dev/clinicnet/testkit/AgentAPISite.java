package dev.clinicnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.certificate.CertificateBundle;
import dev.clinicnet.simulator.TestAuthority;
import dev.clinicnet.simulator.edge.EdgeClient;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/**
 * A site whose dashboard is started through the agent's API, and a client that tries to reach it.
 */
public final class AgentAPISite implements AutoCloseable {
  public static final String SECRET = "one-agent-api";
  public static final String API = "https://agent-one.api.example.com";

  private final NgrokAccount account;
  private final Manifests manifests;
  private final OnDemandSite site;

  public AgentAPISite(NgrokAccount account, Manifests manifests) {
    this.account = account;
    this.manifests = manifests;
    this.site = new OnDemandSite(account, manifests, "one");
  }

  public OnDemandSite site() {
    return site;
  }

  /** The Clinic, with further fields of the agent's API. */
  public String clinic(String... more) {
    String host = API.substring("https://".length());
    return site.clinic("agent: {api: {host: " + host + String.join("", more) + "}}");
  }

  /** The dashboard; further lines of the service's spec, in flow style. */
  public String dashboard(String... spec) {
    return site.dashboard("onDemand: {via: AgentAPI}", String.join("\n  ", spec));
  }

  /** The value of a key of the Secret. */
  public String stored(String key) {
    Secret secret = manifests.secret(SECRET);
    return secret == null || secret.getData() == null || !secret.getData().containsKey(key)
        ? null
        : new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }

  /** The operator's own certificate. */
  public TestAuthority.Identity operator() {
    String key = stored("client.key").replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return new TestAuthority.Identity(
          CertificateBundle.parse(stored("client.crt")).first(),
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client at an address, without a certificate. */
  public EdgeClient visitor(String url, String address) {
    return EdgeClient.of(() -> Map.of(url, account.edge(url, address)), account.edgeAuthority());
  }

  /** The header with the password of the agent's endpoint. */
  public Map<String, String> password() {
    String user = "clinic-operator:" + stored("password");
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
  }

  /** What the endpoint to the agent's API admits. */
  public String policy() {
    for (JsonNode endpoint : account.all("endpoints")) {
      if (endpoint.path("url").asText().equals(API)) {
        return endpoint.path("traffic_policy").asText();
      }
    }
    return "";
  }

  @Override
  public void close() {
    site.close();
  }
}
