package dev.clinicnet.operator.it.drift;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.testkit.NgrokAccount;
import dev.clinicnet.testkit.Site;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A change by hand at ngrok, on a {@link DriftSite}.
 *
 * @param does the change, in words
 * @param hand makes the change
 * @param counts the expected counts, by kind and field, such as {@code endpoints url}
 */
public record DriftCase(String does, Consumer<NgrokAccount> hand, Map<String, Integer> counts) {
  /** In place of a field, if there is one object of the kind. */
  private static final String ONLY = "";

  private static final String DENY =
      "{\\\"on_http_request\\\":[{\\\"actions\\\":[{\\\"type\\\":\\\"deny\\\"}]}]}";
  private static final String DENY_TCP =
      "{\\\"on_tcp_connect\\\":[{\\\"actions\\\":[{\\\"type\\\":\\\"deny\\\"}]}]}";
  private static final String NOTED = "{\"description\": \"hands off\"}";
  private static final String UNMARKED = "{\"metadata\": \"\"}";
  private static final String GARBLED = "{\"metadata\": \"hands off\"}";

  /** Every field changed in place: the ids stay. */
  static List<DriftCase> edits() {
    return List.of(
        edit("reserved_domains", "domain", DriftSite.OWN_DOMAIN, "description", NOTED),
        edit("reserved_domains", "domain", DriftSite.OWN_DOMAIN, "metadata", UNMARKED),
        edit("reserved_domains", "domain", DriftSite.OWN_DOMAIN, "metadata", GARBLED),
        edit("reserved_domains", "domain", Site.SHARED, "description", NOTED),
        edit("reserved_domains", "domain", Site.SHARED, "metadata", UNMARKED),
        edit("reserved_addrs", ONLY, "", "description", NOTED),
        edit("reserved_addrs", ONLY, "", "metadata", UNMARKED),
        edit("reserved_addrs", ONLY, "", "metadata", GARBLED),
        edit("service_users", ONLY, "", "name", "{\"name\": \"somebody\"}"),
        edit("service_users", ONLY, "", "active", "{\"active\": false}"),
        edit("credentials", ONLY, "", "description", NOTED),
        edit("credentials", ONLY, "", "metadata", UNMARKED),
        edit("credentials", ONLY, "", "metadata", GARBLED),
        edit("credentials", ONLY, "", "acl", "{\"acl\": [\"bind:*.one.internal\"]}"),
        edit("credentials", ONLY, "", "acl", "{\"acl\": [\"bind:*.internal\"]}"),
        edit("endpoints", "url", DriftSite.API, "description", NOTED),
        edit("endpoints", "url", DriftSite.API, "metadata", UNMARKED),
        edit("endpoints", "url", DriftSite.API, "metadata", GARBLED),
        edit("endpoints", "url", DriftSite.API, "pooling_enabled", "{\"pooling_enabled\": true}"),
        edit("endpoints", "url", DriftSite.API, "url", url("https://other.api.example.com")),
        edit("endpoints", "url", DriftSite.API, "traffic_policy", policy(DENY)),
        new DriftCase(
            "bindings of endpoints " + DriftSite.API + " to internal",
            account ->
                patch(
                    account,
                    "endpoints",
                    "url",
                    DriftSite.API,
                    "{\"url\": \"https://other.internal\", \"bindings\": [\"internal\"]}"),
            Map.of("endpoints url", 1, "endpoints bindings", 1)),
        edit("endpoints", "url", DriftSite.AGENT_API, "description", NOTED),
        edit("endpoints", "url", DriftSite.AGENT_API, "metadata", UNMARKED),
        edit(
            "endpoints",
            "url",
            DriftSite.AGENT_API,
            "pooling_enabled",
            "{\"pooling_enabled\": true}"),
        edit("endpoints", "url", DriftSite.AGENT_API, "url", url("https://other.api.example.com")),
        edit("endpoints", "url", DriftSite.AGENT_API, "traffic_policy", policy(DENY)),
        edit("endpoints", "proto", "tcp", "metadata", GARBLED),
        edit("endpoints", "proto", "tcp", "traffic_policy", policy(DENY_TCP)),
        edit("vaults", ONLY, "", "name", "{\"name\": \"another\"}"),
        edit("vaults", ONLY, "", "description", NOTED),
        edit("vaults", ONLY, "", "metadata", UNMARKED),
        edit("vault_secrets", ONLY, "", "name", "{\"name\": \"another\"}"),
        edit("vault_secrets", ONLY, "", "description", NOTED),
        edit("vault_secrets", ONLY, "", "metadata", GARBLED),
        new DriftCase(
            "everything of endpoints " + DriftSite.API + " at once",
            account ->
                patch(
                    account,
                    "endpoints",
                    "url",
                    DriftSite.API,
                    "{\"description\": \"x\", \"metadata\": \"\", \"traffic_policy\": \""
                        + DENY
                        + "\"}"),
            Map.of(
                "endpoints description",
                1,
                "endpoints metadata",
                1,
                "endpoints traffic_policy",
                1)));
  }

  /** Every kind of object deleted. */
  static List<DriftCase> deletions() {
    return List.of(
        new DriftCase(
            "delete endpoint",
            account -> delete(account, "endpoints", "url", DriftSite.API),
            Map.of("endpoints deleted", 1)),
        new DriftCase(
            "delete the agent API's endpoint",
            account -> delete(account, "endpoints", "url", DriftSite.AGENT_API),
            Map.of("endpoints deleted", 1)),
        new DriftCase(
            "delete domain",
            account -> {
              delete(account, "endpoints", "url", "https://" + DriftSite.OWN_DOMAIN);
              delete(account, "reserved_domains", "domain", DriftSite.OWN_DOMAIN);
            },
            Map.of("endpoints deleted", 1, "reserved_domains deleted", 1)),
        new DriftCase(
            "delete address",
            account -> {
              delete(account, "endpoints", "proto", "tcp");
              delete(account, "reserved_addrs", ONLY, "");
            },
            Map.of("reserved_addrs deleted", 1)),
        new DriftCase(
            "delete credential",
            account -> delete(account, "credentials", ONLY, ""),
            Map.of("credentials deleted", 1)),
        new DriftCase(
            "delete service user",
            account -> delete(account, "service_users", ONLY, ""),
            Map.ofEntries(entry("service_users deleted", 1), entry("credentials deleted", 1))),
        new DriftCase(
            "delete vault secret",
            account -> delete(account, "vault_secrets", ONLY, ""),
            Map.of("vault_secrets deleted", 1)),
        new DriftCase(
            "delete vault",
            account -> {
              delete(account, "vault_secrets", ONLY, "");
              delete(account, "vaults", ONLY, "");
            },
            Map.of("vaults deleted", 1, "vault_secrets deleted", 1)));
  }

  private static DriftCase edit(
      String resource, String by, String value, String field, String body) {
    return new DriftCase(
        field + " of " + resource + " " + value + ": " + body,
        account -> patch(account, resource, by, value, body),
        Map.of(resource + " " + field, 1));
  }

  private static String url(String url) {
    return "{\"url\": \"" + url + "\"}";
  }

  private static String policy(String text) {
    return "{\"traffic_policy\": \"" + text + "\"}";
  }

  public static void patch(
      NgrokAccount account, String resource, String by, String value, String body) {
    account.call("PATCH", "/" + resource + "/" + id(account, resource, by, value), body);
  }

  static void delete(NgrokAccount account, String resource, String by, String value) {
    account.call("DELETE", "/" + resource + "/" + id(account, resource, by, value), null);
  }

  private static String id(NgrokAccount account, String resource, String by, String value) {
    List<JsonNode> rows =
        account.all(resource).stream().filter(row -> row.path(by).asText().equals(value)).toList();
    if (rows.size() != 1) {
      throw new AssertionError(
          "not one of " + resource + " with " + by + " " + value + ": " + rows);
    }
    return rows.get(0).path("id").asText();
  }
}
