package dev.clinicnet.operator.it.trust;

import dev.clinicnet.testkit.Site;

/**
 * Every kind of name in {@code docs/names.md}, with attempts of an editor of another namespace to
 * take the name that the Clinic {@code one}, or somebody at ngrok, has. Each refusal in the table
 * has an attempt.
 */
enum ForeignName {
  INTERNAL_DOMAIN(
      "Internal domain",
      Site.clinicWithDomains("b", "[]", "internalDomain: one.internal"),
      "InternalDomainConflict"),
  INTERNAL_URL(
      "Internal URL",
      Site.withClinic(
          "b",
          Site.service(
              "s", "b", "http://10.0.0.9:80", "internalURL: https://one-api.one.internal")),
      "Invalid"),
  INTERNAL_URL_OF_A_NEIGHBOUR(
      "Internal URL",
      Site.sharing("b")
          + "---\n"
          + Site.service("s", "b", "http://10.0.0.9:80", "internalURL: https://x.b.internal")
          + "---\n"
          + Site.service("t", "b", "http://10.0.0.8:80", "internalURL: https://x.b.internal"),
      "InternalURLConflict"),
  EXCLUSIVE_DOMAIN(
      "Exclusive domain",
      Site.clinicWithDomains("b", "[{name: one.example.org}]"),
      "DomainConflict"),
  EXCLUSIVE_DOMAIN_BY_HAND(
      "Exclusive domain",
      Site.clinicWithDomains("b", "[{name: hand.example.net}]"),
      "DomainNotOwned"),
  EXCLUSIVE_WILDCARD(
      "Exclusive wildcard",
      Site.clinicWithDomains("b", "[{name: x.one.example.net}]"),
      "DomainConflict"),
  EXCLUSIVE_WILDCARD_BY_HAND(
      "Exclusive wildcard",
      Site.clinicWithDomains("b", "[{name: '*.hand.example.net'}]"),
      "DomainNotOwned"),
  SHARED_DOMAIN(
      "Shared domain",
      Site.clinicWithDomains("b", "[{name: hand.example.net, shared: true}]"),
      "DomainNotOwned"),
  SHARED_DOMAIN_OF_ONE(
      "Shared domain",
      Site.clinicWithDomains("b", "[{name: one.example.org, shared: true}]"),
      "DomainConflict"),
  PUBLIC_HOST(
      "Public host",
      Site.withClinic("b", Site.https("s", "b", "one.api.example.com")),
      "HostConflict"),
  PUBLIC_URL(
      "Public URL",
      Site.withClinic("b", Site.https("s", "b", "hand.api.example.com")),
      "EndpointNotOwned"),
  RESERVED_ADDRESS("Reserved TCP address", address("ADDRESS"), "AddressNotOwned"),
  EXISTING_ADDRESS("Existing TCP address", address("BY_HAND"), "AddressNotOwned"),
  /** Somebody has removed the mark of the Clinic's own address. */
  EXISTING_ADDRESS_IN_USE("Existing TCP address", address("UNMARKED"), "AddressConflict"),
  SITE_KIT_SECRET(
      "Site-kit Secret",
      Site.clinicWithDomains("b", "[]", "agent: {siteKit: {secretName: planted}}"),
      "SiteKitSecretConflict"),
  AGENT_API_SECRET(
      "Agent-API Secret",
      Site.sharing("b", "agent: {api: {host: agent-b.api.example.com}}"),
      "AgentAPISecretConflict"),
  /** Somebody has made a vault of the installation's name by hand. */
  VAULT(
      "Vault",
      Site.withClinic(
          "b",
          Site.https(
              "s", "b", "b.api.example.com", "access: {basicAuth: {secretRef: {name: users}}}")),
      "VaultNotOwned"),
  VAULT_SECRET(
      "Vault",
      Site.withClinic(
          "b",
          Site.https(
              "s",
              "b",
              "b.api.example.com",
              "trafficPolicy: {on_http_request: [{actions: [{type: add-headers, config: {headers:"
                  + " {x-a: \"${secrets.get('VAULT', 'one/x')}\"}}}]}]}")),
      "Invalid");

  private static final String UNMARKED = "UNMARKED";

  private final String title;
  private final String yaml;
  private final String reason;

  ForeignName(String title, String yaml, String reason) {
    this.title = title;
    this.yaml = yaml;
    this.reason = reason;
  }

  /** Its name in the table. */
  String title() {
    return title;
  }

  /**
   * The attempt.
   *
   * @param address of a service of the Clinic {@code one}
   * @param byHand an address that somebody has reserved by hand
   */
  String yaml(String address, String byHand) {
    return yaml.replace(UNMARKED, address).replace("ADDRESS", address).replace("BY_HAND", byHand);
  }

  /** Whether the mark of the address is removed before the attempt. */
  boolean removesMark() {
    return yaml.contains(UNMARKED);
  }

  /** The reason of the refusal. */
  String reason() {
    return reason;
  }

  /**
   * Whether an object that runs can be edited into the attempt; the internal domain of a Clinic
   * cannot be changed.
   */
  boolean isReachedByAnEdit() {
    return this != INTERNAL_DOMAIN;
  }

  /** The objects of an editor before such an edit: a Clinic and a service, both accepted. */
  static String running() {
    return Site.withClinic("b", Site.https("s", "b", "b-runs.api.example.com"));
  }

  private static String address(String address) {
    return Site.withClinic(
        "b",
        Site.service(
            "s", "b", "tcp://10.0.0.9:5432", "expose: {tcp: {address: \"" + address + "\"}}"));
  }

  /** The Secrets that a user writes before. */
  static String secrets() {
    return secret("planted")
        + "---\n"
        + secret("b-agent-api")
        + """
          ---
          apiVersion: v1
          kind: Secret
          metadata: {name: users, labels: {clinicnet.dev/referenced: "true"}}
          stringData: {ann: fake-password-1}
          """;
  }

  /** A Secret of the editor that claims to be another Clinic's. */
  private static String secret(String name) {
    return """
        apiVersion: v1
        kind: Secret
        metadata:
          name: %s
          annotations: {clinicnet.dev/clinic: elsewhere/one}
        """
        .formatted(name);
  }
}
