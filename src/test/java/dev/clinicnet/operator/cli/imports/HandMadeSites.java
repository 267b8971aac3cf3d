package dev.clinicnet.operator.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.policy.AccessPolicy;
import dev.clinicnet.operator.policy.Forward;
import dev.clinicnet.operator.policy.PolicyBuilder;
import dev.clinicnet.testkit.NgrokAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An account that grew by hand: sites with irregular names, policies of many forms, and leftovers.
 */
public final class HandMadeSites {
  /** The internal domains, and what people called the sites. */
  private static final Map<String, String> NAMES = names();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WILDCARD = "*.api.example.com";
  private static final int FORMS = 9;

  private final NgrokAccount account;
  private final List<JsonNode> agents = new ArrayList<>();
  private final List<String> publicURLs = new ArrayList<>();

  private HandMadeSites(NgrokAccount account) {
    this.account = account;
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("lakeside.internal", "Lakeside Family Practice");
    names.put("mueller-soehne.internal", "Zahnarzt Müller & Söhne");
    names.put("north-hill.internal", "North-Hill");
    names.put("north.hill.internal", "north / hill (second)");
    names.put("007.internal", "clinic_007");
    names.put("acme--health.internal", "ACME--Health, Inc.");
    names.put("a.b.c.internal", "A.B.C");
    names.put("x.internal", "x");
    names.put("st-mary.internal", "St. Mary's  (old)");
    names.put("beijing.internal", "北京诊所");
    names.put("dr-n.internal", "Dr. N: \"north\" wing");
    names.put(
        "a-very-long-name-that-somebody-typed-into-a-form-once-and-kept.internal",
        "a very long name that somebody typed into a form once");
    names.put("1.internal", "#1");
    names.put("kebab-case-clinic.internal", "kebab-case-clinic");
    names.put("upper.internal", "UPPER CASE");
    for (int i = names.size(); i < 30; i++) {
      names.put("site" + i + ".internal", "Site no. " + i + " / Haus " + (i % 3));
    }
    return names;
  }

  /** Makes so many of the sites, in both senses: at ngrok, and with a connected agent for most. */
  public static HandMadeSites in(NgrokAccount account, int count) {
    HandMadeSites sites = new HandMadeSites(account);
    account.call("POST", "/reserved_domains", "{\"domain\": \"" + WILDCARD + "\"}");
    int number = 0;
    for (Map.Entry<String, String> name : NAMES.entrySet()) {
      if (number < count) {
        sites.make(number++, name.getKey(), name.getValue());
      }
    }
    return sites;
  }

  /** The public URLs of the sites. */
  public List<String> publicURLs() {
    return List.copyOf(publicURLs);
  }

  /** The connected agents. */
  public List<JsonNode> agents() {
    return List.copyOf(agents);
  }

  private void make(int number, String domain, String name) {
    String user =
        id(account.call("POST", "/service_users", json(Map.of("name", name, "active", true))));
    boolean anything = number % 11 == 8;
    Map<String, Object> credential = new LinkedHashMap<>();
    credential.put("description", "token of " + name);
    credential.put("owner_id", user);
    if (!anything) {
      credential.put("acl", List.of("bind:*." + domain));
    }
    JsonNode issued = account.call("POST", "/credentials", json(credential));
    String url = publish(number % FORMS, number, domain);
    String target = target(number % FORMS, domain);
    publicURLs.add(url);
    if (number % 7 != 5) {
      agents.add(
          account.connectAgent(config(issued.path("token").asText(), number, target, domain)));
    }
  }

  private static String config(String token, int number, String target, String domain) {
    boolean http = target.startsWith("http");
    return """
        version: 3
        agent:
          authtoken: %s
          web_addr: false
        endpoints:
          - name: "My Endpoint #%d"
            url: %s
            upstream: {url: "%s"}
          - name: ssh
            url: tcp://ssh.%s:22
            upstream: {url: "localhost:22"}
        """
        .formatted(
            token,
            number,
            target,
            http ? "http://192.168.1.100:8080" : "tcp://192.168.1.101:5432",
            domain);
  }

  private static String target(int form, String domain) {
    return switch (form) {
      case 3, 4 -> "tcp://db." + domain + ":5432";
      case 7 -> "tls://db." + domain;
      case 8 -> "http://rest." + domain;
      default -> "https://rest-api." + domain;
    };
  }

  private String publish(int form, int number, String domain) {
    String host = "host-" + number + ".api.example.com";
    String url = "https://" + host;
    if (form == 3 || form == 4) {
      JsonNode address = account.call("POST", "/reserved_addrs", "{\"region\": \"us\"}");
      url = "tcp://" + address.path("addr").asText();
    } else if (form == 5) {
      String exact = "portal.site-" + number + ".example.org";
      account.call("POST", "/reserved_domains", "{\"domain\": \"" + exact + "\"}");
      url = "https://" + exact;
    } else if (form == 7) {
      url = "tls://" + host;
    }
    endpoint(url, policy(form, target(form, domain), domain));
    return url;
  }

  JsonNode endpoint(String url, String policy) {
    return account.call(
        "POST",
        "/endpoints",
        json(
            Map.of(
                "type",
                "cloud",
                "url",
                url,
                "bindings",
                List.of("public"),
                "metadata",
                "made by Ann",
                "description",
                "do not touch",
                "traffic_policy",
                policy)));
  }

  private static String policy(int form, String target, String domain) {
    String forward = "{type: forward-internal, config: {url: \"" + target + "\"}}";
    return switch (form) {
      case 0 -> "on_http_request: [{actions: [" + forward + "]}]";
      case 1 ->
          """
          on_http_request:
            - name: only the API
              expressions: ["req.url.path.startsWith('/api')"]
              actions: [%s]
            - actions: [{type: custom-response, config: {status_code: 404, body: "nothing here"}}]
          """
              .formatted(forward);
      case 2 ->
          """
          {"on_http_request": [
             {"expressions": ["req.url.path.startsWith('/internal')"], "actions": [{"type": "deny"}]},
             {"actions": [%s]}]}
          """
              .formatted(
                  "{\"type\": \"forward-internal\", \"config\": {\"url\": \"" + target + "\"}}");
      case 3 ->
          """
          on_tcp_connect:
            - name: our offices
              actions:
                - {type: restrict-ips, config: {allow: ["203.0.113.0/24", "198.51.100.0/24"], deny: ["192.0.2.0/24"]}}
                - %s
          """
              .formatted(forward);
      case 4 ->
          """
          on_tcp_connect:
            - actions: [{type: log, config: {metadata: {site: "%s"}}}]
            - expressions: ["conn.client_ip == '192.0.2.9'"]
              actions: [{type: deny}]
            - actions: [%s]
          """
              .formatted(domain, forward);
      case 5 ->
          """
          on_http_request:
            - actions: [{type: oauth, config: {provider: google}}]
            - expressions: ["!actions.ngrok.oauth.identity.email.endsWith('@example.org')"]
              actions: [{type: deny}]
            - actions: [%s]
          """
              .formatted(forward);
      case 6 ->
          PolicyBuilder.https(
                  AccessPolicy.ofAddresses(List.of("203.0.113.0/24"), List.of()),
                  List.of("/api"),
                  Map.of(),
                  new Forward(target, domain))
              .toJson();
      case 7 -> "on_tcp_connect: [{name: 1, actions: [" + forward + "]}]";
      default ->
          """
          on_tcp_connect:
            - actions: [{type: restrict-ips, config: {enforce: true, allow: ["0.0.0.0/0"]}}]
          on_http_request:
            - expressions: ["req.method == 'GET'", "req.url.path != '/admin'"]
              actions:
                - {type: add-headers, config: {headers: {x-site: "%s"}}}
                - %s
            - actions: [{type: deny, config: {status_code: 405}}]
          on_http_response:
            - actions: [{type: remove-headers, config: {headers: [server]}}]
          """
              .formatted(domain, forward);
    };
  }

  static String id(JsonNode row) {
    return row.path("id").asText();
  }

  private static String json(Map<String, Object> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
