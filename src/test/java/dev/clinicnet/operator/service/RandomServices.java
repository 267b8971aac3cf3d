package dev.clinicnet.operator.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.clinicnet.operator.policy.raw.RandomRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Manifests over all of expose, access and trafficPolicy: half of them spoilt here and there. */
public final class RandomServices {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final List<String> CIDRS =
      List.of("203.0.113.0/24", "198.51.100.7/32", "2001:db8::/32", "0.0.0.0/0", "::/0", "::1/128");
  private static final List<String> ODD_CIDRS =
      List.of("203.0.113.7/24", "::ffff:10.0.0.0/104", "10.0.0.0/33", "${x}", "", "2001:DB8::/32");
  private static final List<String> PATHS =
      List.of(
          "/", "/api", "/api/v1", "/a_b~c", "/a:b@c!&+,=", "/" + "p".repeat(255), "/.well-known");
  private static final List<String> ODD_PATHS =
      List.of("api", "/a'b", "/a//b", "/a/", "/../a", "/%2e", "/${x}", "/a b", "/ä", "", "//");
  private static final List<String> HOSTS = List.of("web.api.com", "a-b.api.com", "0.api.com");
  private static final List<String> ODD_HOSTS = List.of("*.api.com", "WEB.api.com", "a b", "${x}");
  private static final List<String> DOMAINS =
      List.of("clinicnet.com", "a.b-c.example", "xn--bcher-kva.example");
  private static final List<String> ODD_DOMAINS =
      List.of("Clinicnet.com", "@a.b", "a'b.com", "com");
  private static final List<String> EMAILS =
      List.of("ann@clinicnet.com", "a.b+c@x.example", "-!#%&*/=?^_~@x.example");
  private static final List<String> ODD_EMAILS =
      List.of("Ann@x.example", "a'b@x.example", "a@b", "${x}@x.example", "a\\@x.example");
  private static final List<String> TEXTS =
      List.of("fake-id", "it's \"quoted\"", "\\", "$", "{}", "ä漢😀", " ", "a\nb", "true");
  private static final List<String> ODD_TEXTS = List.of("", "${x}", "a${secrets.get('a','b')}");
  private static final List<String> SCOPES =
      List.of("email", "https://a.example/scope", "a.b:c-d_e");
  private static final List<String> ODD_SCOPES = List.of("a b", "", "${x}", "a'");
  private static final List<String> URLS =
      List.of("https://id.example.com", "https://id.example.com:8443/a/b%20c~", "https://a.b/");
  private static final List<String> ODD_URLS =
      List.of("http://id.example.com", "https://id.example.com?x", "https://id", "https://${x}.b");
  private static final List<String> WINDOWS = List.of("60s", "24h", "86400s", "1440m", "70s", "1h");
  private static final List<String> ODD_WINDOWS = List.of("59s", "25h", "61s", "1d", "", "0s");
  private static final List<Object> COUNTS = List.of(1, 100, 2_000_000_000L);
  private static final List<Object> ODD_COUNTS = List.of(0, -1, 2_000_000_001L, 1.5, "1");
  private static final List<String> HEADERS = List.of("Authorization", "authorization", "X-Token");
  private static final List<String> ODD_HEADERS = List.of("X_Token", "a: b", "", "${x}");
  private static final List<String> ALGORITHMS = List.of("RS256", "PS512", "ES384");
  private static final List<String> POLICIES = List.of("ipp_1", "ipp_aB9");
  private static final List<String> ODD_POLICIES = List.of("ipp_", "ip_1", "ipp_${x}");
  private static final List<String> PROVIDERS =
      List.of("github", "gitlab", "google", "linkedin", "microsoft", "twitch");

  private final Random random;
  private final boolean spoilt;

  /** Services that are the same for the same seed. */
  public RandomServices(long seed) {
    random = new Random(seed);
    spoilt = random.nextBoolean();
  }

  /** A manifest as JSON. */
  public String next() {
    String kind = any(List.of("https", "https", "https", "https", "tcp", "tls"));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("clinicRef", Map.of("name", "clinic1"));
    spec.put(
        "upstream",
        Map.of("url", kind.equals("https") ? "http://10.0.0.1:8080" : "tcp://10.0.0.1:5432"));
    spec.put("expose", Map.of(kind, exposure(kind)));
    Map<String, Object> access = new LinkedHashMap<>();
    sometimes(access, "allowCIDRs", list(CIDRS, ODD_CIDRS));
    sometimes(access, "denyCIDRs", list(CIDRS, ODD_CIDRS));
    sometimes(access, "ipPolicyIDs", list(POLICIES, ODD_POLICIES));
    boolean http = kind.equals("https") || odd();
    if (http) {
      sometimes(access, "mutualTLS", mutualTLS());
      sometimes(access, "rateLimit", rateLimit());
      login(access);
      if (odd()) {
        login(access);
      }
    }
    sometimes(spec, "access", access);
    if (random.nextInt(3) == 0) {
      Map<String, Object> rules = new RandomRules(random.nextLong()).next();
      if (!http) {
        rules.keySet().retainAll(List.of("on_tcp_connect"));
      }
      spec.put("trafficPolicy", rules);
    }
    if (kind.equals("https") ? random.nextInt(4) == 0 : odd()) {
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
    switch (kind) {
      case "tcp" -> exposure.put("address", "1.tcp.ngrok.io:20000");
      case "tls" -> exposure.put("host", one(HOSTS, ODD_HOSTS));
      default -> {
        exposure.put("host", one(HOSTS, ODD_HOSTS));
        sometimes(exposure, "paths", list(PATHS, ODD_PATHS));
      }
    }
    return exposure;
  }

  private Object mutualTLS() {
    Map<String, Object> tls = new LinkedHashMap<>();
    List<Object> bundles = new ArrayList<>();
    for (int count = random.nextInt(3); count >= 0; count--) {
      String key = one(List.of("staff", "partner", "both"), List.of("expired", "text", "none"));
      bundles.add(
          random.nextBoolean()
              ? Map.of("configMapKeyRef", Map.of("name", "cas", "key", key))
              : Map.of("secretKeyRef", Map.of("name", "cas", "key", key)));
    }
    tls.put("caBundles", odd() ? List.of() : bundles);
    sometimes(tls, "verification", any(List.of("RequireAndVerify", "RequireAny", "Request")));
    return tls;
  }

  private Object rateLimit() {
    Map<String, Object> limit = new LinkedHashMap<>();
    limit.put("requests", one(COUNTS, ODD_COUNTS));
    limit.put("window", one(WINDOWS, ODD_WINDOWS));
    sometimes(limit, "by", one(List.of("ClientIP", "Endpoint"), List.of("Host")));
    return limit;
  }

  private void login(Map<String, Object> access) {
    Map<String, Object> login = new LinkedHashMap<>();
    switch (random.nextInt(6)) {
      case 0 -> {
        login.put("provider", one(PROVIDERS, List.of("amazon", "facebook", "okta")));
        users(login);
        access.put("oauth", login);
      }
      case 1 -> {
        login.put("provider", any(List.of("amazon", "google", "facebook")));
        client(login);
        users(login);
        access.put("oauth", login);
      }
      case 2 -> {
        login.put("issuerURL", one(URLS, ODD_URLS));
        client(login);
        users(login);
        access.put("oidc", login);
      }
      case 3 -> {
        login.put("allowedIssuers", some(URLS, ODD_URLS));
        sometimes(login, "allowedAudiences", list(TEXTS, ODD_TEXTS));
        login.put("jwksURLs", some(URLS, ODD_URLS));
        login.put("algorithms", some(ALGORITHMS, List.of("HS256", "none")));
        sometimes(login, "header", one(HEADERS, ODD_HEADERS));
        sometimes(login, "type", any(List.of("jwt", "access_token", "id_token")));
        access.put("jwt", login);
      }
      case 4 -> {
        login.put(
            "secretRef", Map.of("name", one(List.of("users", "ten"), List.of("eleven", "short"))));
        sometimes(login, "realm", one(TEXTS, ODD_TEXTS));
        access.put("basicAuth", login);
      }
      default -> {
        // There is no login.
      }
    }
  }

  private void client(Map<String, Object> login) {
    login.put("clientID", one(TEXTS, ODD_TEXTS));
    login.put(
        "clientSecretRef",
        Map.of("name", "login", "key", one(List.of("secret"), List.of("empty", "none"))));
  }

  private void users(Map<String, Object> login) {
    sometimes(login, "scopes", list(SCOPES, ODD_SCOPES));
    sometimes(login, "allowedEmailDomains", list(DOMAINS, ODD_DOMAINS));
    sometimes(login, "allowedEmails", list(EMAILS, ODD_EMAILS));
  }

  private void sometimes(Map<String, Object> map, String key, Object value) {
    if (random.nextBoolean()) {
      map.put(key, value);
    }
  }

  /** None to three. */
  private List<Object> list(List<?> good, List<?> bad) {
    List<Object> list = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      list.add(one(good, bad));
    }
    return list;
  }

  /** One to four. */
  private List<Object> some(List<?> good, List<?> bad) {
    List<Object> list = list(good, bad);
    list.add(one(good, bad));
    return list;
  }

  private <T> T one(List<? extends T> good, List<? extends T> bad) {
    return odd() ? any(bad) : any(good);
  }

  private boolean odd() {
    return spoilt && random.nextInt(12) == 0;
  }

  private <T> T any(List<? extends T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String json(Object tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
