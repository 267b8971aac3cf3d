package dev.clinicnet.operator.agent;

import dev.clinicnet.operator.ngrok.Token;
import dev.clinicnet.operator.policy.ContentHash;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The whole configuration of a clinic's agent.
 *
 * @param clinic {@code namespace/name} of the Clinic
 * @param displayName the name of the clinic for people; null when it has no other name. It is in
 *     comments only
 * @param instance the operator installation that wrote this
 * @param internalDomain where the internal endpoints are, such as {@code clinic1.internal}
 * @param connectURL {@code host:port} of the company's own connect URL; null for ngrok's
 * @param network what the site's network asks of the agent
 * @param redundant whether two agents run this same file, so that every endpoint is a pool
 * @param endpoints kept sorted by name; without the endpoint of the agent API
 * @param api how the agent's API is reached; null when the API is off
 */
public record AgentConfig(
    String clinic,
    String displayName,
    String instance,
    String internalDomain,
    Token authtoken,
    String connectURL,
    SiteNetwork network,
    boolean redundant,
    List<AgentEndpoint> endpoints,
    AgentAPIAccess api) {
  /** The name of its file. */
  public static final String FILE = "ngrok.yml";

  /**
   * The form of Kubernetes names. It is checked here too, because the names go into shell commands
   * of the README.
   */
  private static final Pattern REFERENCE =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?/[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  public AgentConfig {
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(internalDomain, "internalDomain");
    Objects.requireNonNull(authtoken, "authtoken");
    Objects.requireNonNull(network, "network");
    if (!REFERENCE.matcher(clinic).matches()) {
      throw new IllegalArgumentException("\"" + clinic + "\" is not namespace/name");
    }
    endpoints = endpoints.stream().sorted(Comparator.comparing(AgentEndpoint::name)).toList();
    refuseDuplicates(all(endpoints, api, internalDomain));
  }

  /** All endpoints of the file, including that of the agent API, sorted by name. */
  public List<AgentEndpoint> allEndpoints() {
    return all(endpoints, api, internalDomain);
  }

  /** The Clinic's name without its namespace. */
  public String name() {
    return clinic.substring(clinic.indexOf('/') + 1);
  }

  /**
   * A hash that changes with everything that the agent acts on, except the authtoken: the hash is
   * shown in the status, and must not help to guess a token. A private key is represented by the
   * fingerprint of its certificate, the password of the agent's API by its own fingerprint, because
   * it is random and long, and the password of a proxy by a hash that the authtoken is the key of:
   * only then does the hash also change with the authtoken. Comments and the display name do not
   * count, because a new wording is no reason to visit a clinic.
   */
  public String configHash() {
    return ContentHash.of(ConfigTree.withoutSecret(this).canonicalText());
  }

  /** The text that the agent's session shows as its metadata. */
  public AgentMetadata metadata() {
    return new AgentMetadata(clinic, instance, configHash());
  }

  private static List<AgentEndpoint> all(
      List<AgentEndpoint> endpoints, AgentAPIAccess api, String internalDomain) {
    Stream<AgentEndpoint> own =
        api == null
            ? Stream.empty()
            : Stream.of(AgentAPIEndpoint.under(internalDomain, api.password()));
    return Stream.concat(endpoints.stream(), own)
        .sorted(Comparator.comparing(AgentEndpoint::name))
        .toList();
  }

  /**
   * The agent refuses two endpoints of one name. It also refuses two of one URL, unless they are a
   * pool.
   */
  private static void refuseDuplicates(List<AgentEndpoint> endpoints) {
    Set<String> names = new HashSet<>();
    Set<String> urls = new HashSet<>();
    for (AgentEndpoint endpoint : endpoints) {
      if (!names.add(endpoint.name())) {
        throw new IllegalArgumentException(
            "two endpoints are named \"" + endpoint.name() + "\"; rename one");
      }
      if (!urls.add(endpoint.url())) {
        throw new IllegalArgumentException(
            "two endpoints have the URL \"" + endpoint.url() + "\"; change one");
      }
    }
  }
}
