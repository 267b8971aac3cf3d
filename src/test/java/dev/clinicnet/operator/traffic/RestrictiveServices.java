package dev.clinicnet.operator.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Valid manifests that ask much of their clients, in all that can combine. */
final class RestrictiveServices {
  static final List<String> NETWORKS =
      List.of(
          "203.0.113.0/24",
          "203.0.113.64/26",
          "198.51.100.7/32",
          "192.0.2.0/25",
          "2001:db8::/32",
          "2001:db8:10::/48",
          "2001:db8:10::7/128");
  static final List<String> DOMAINS = List.of("clinicnet.com", "partner.com", "a.partner.com");
  static final List<String> EMAILS =
      List.of("ann@clinicnet.com", "ann@partner.com", "o.neil+x@a.partner.com");
  static final List<String> PATHS =
      List.of("/api", "/api/v1", "/v1/files", "/a_b~c", "/.well-known", "/a:b@c");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> BUNDLES = List.of("staff", "second", "both");
  private static final List<String> ISSUERS =
      List.of(Credential.Token.ISSUER, Credential.Token.OTHER_ISSUER);
  private final Random random;

  RestrictiveServices(long seed) {
    random = new Random(seed);
  }

  /** A manifest as JSON. */
  String next() {
    String kind = any(List.of("https", "https", "https", "https", "https", "https", "tcp", "tls"));
    boolean https = kind.equals("https");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("clinicRef", Map.of("name", "clinic1"));
    spec.put("upstream", Map.of("url", https ? "http://10.0.0.1:8080" : "tcp://10.0.0.1:5432"));
    spec.put("expose", Map.of(kind, exposure(kind)));
    Map<String, Object> access = new LinkedHashMap<>();
    in(3, access, "allowCIDRs", some(NETWORKS));
    in(4, access, "denyCIDRs", some(NETWORKS));
    in(4, access, "ipPolicyIDs", some(List.copyOf(Site.IP_POLICIES.keySet())));
    if (https) {
      in(3, access, "mutualTLS", mutualTLS());
      in(4, access, "rateLimit", rateLimit());
      login(access);
    }
    spec.put("access", access);
    if (https && random.nextInt(5) == 0) {
      spec.put("trafficPolicy", Map.of("on_http_request", some(HandWrittenRules.ALL)));
    }
    if (https && random.nextInt(3) == 0) {
      spec.put("internalLock", "Enabled");
    }
    return json(
        Map.of(
            "apiVersion",
            "clinicnet.dev/v1alpha1",
            "kind",
            "ClinicService",
            "metadata",
            Map.of("name", "web", "namespace", "clinics"),
            "spec",
            spec));
  }

  private Object exposure(String kind) {
    Map<String, Object> exposure = new LinkedHashMap<>();
    if (kind.equals("tcp")) {
      exposure.put("address", "1.tcp.ngrok.io:20000");
    } else {
      exposure.put("host", "web.api.clinicnet.com");
    }
    if (kind.equals("https")) {
      in(2, exposure, "paths", some(PATHS));
    }
    return exposure;
  }

  private Object mutualTLS() {
    Map<String, Object> tls = new LinkedHashMap<>();
    tls.put(
        "caBundles",
        some(BUNDLES).stream()
            .map(key -> Map.of("configMapKeyRef", Map.of("name", "staff-cas", "key", key)))
            .toList());
    in(
        2,
        tls,
        "verification",
        any(List.of("RequireAndVerify", "RequireAndVerify", "RequireAny", "Request")));
    return tls;
  }

  private Object rateLimit() {
    Map<String, Object> limit = new LinkedHashMap<>();
    limit.put("requests", 1 + random.nextInt(4));
    limit.put("window", any(List.of("60s", "70s", "2m")));
    in(2, limit, "by", any(List.of("ClientIP", "Endpoint")));
    return limit;
  }

  private void login(Map<String, Object> access) {
    Map<String, Object> login = new LinkedHashMap<>();
    switch (random.nextInt(6)) {
      case 0 -> {
        login.put("provider", any(List.of("google", "github")));
        users(login);
        access.put("oauth", login);
      }
      case 1 -> {
        login.put("issuerURL", CredentialWords.ISSUER);
        login.put("clientID", "fake-id");
        login.put("clientSecretRef", Map.of("name", "login", "key", "secret"));
        users(login);
        access.put("oidc", login);
      }
      case 2 -> {
        login.put("allowedIssuers", some(ISSUERS));
        in(2, login, "allowedAudiences", some(List.of("records", "billing")));
        login.put(
            "jwksURLs",
            some(List.of("https://login.clinicnet.com/keys", "https://login.elsewhere.org/keys")));
        login.put("algorithms", some(List.of("RS256", "ES256")));
        in(3, login, "header", any(List.of("authorization", Credential.Token.HEADER)));
        access.put("jwt", login);
      }
      case 3 -> access.put("basicAuth", Map.of("secretRef", Map.of("name", "users")));
      default -> {
        // There is no login.
      }
    }
  }

  private void users(Map<String, Object> login) {
    in(2, login, "allowedEmailDomains", some(DOMAINS));
    in(2, login, "allowedEmails", some(EMAILS));
  }

  private void in(int times, Map<String, Object> map, String key, Object value) {
    if (random.nextInt(times) == 0) {
      map.put(key, value);
    }
  }

  /** One to three of them, without duplicates. */
  private <T> List<T> some(List<T> choices) {
    List<T> list = new ArrayList<>();
    for (int count = random.nextInt(3); count >= 0; count--) {
      T one = any(choices);
      if (!list.contains(one)) {
        list.add(one);
      }
    }
    return list;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String json(Object tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
