package dev.clinicnet.operator.policy.raw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Raw rules that are mostly right, and then spoilt in a place or two. */
public final class RandomRules {

  private static final List<String> PHASES =
      List.of("on_tcp_connect", "on_http_request", "on_http_response");

  /** Actions by the phase in which most of them may stand. */
  private static final Map<String, List<String>> ACTIONS =
      Map.of(
          "on_tcp_connect",
          List.of(
              "{type: deny}",
              "{type: close-connection}",
              "{type: restrict-ips, config: {enforce: true, allow: [203.0.113.0/24], deny: []}}",
              "{type: terminate-tls, config: {min_version: '1.2', max_version: '1.3'}}",
              "{type: log, config: {metadata: {ip: '${conn.client_ip}', n: 1}}}",
              "{type: set-vars, config: {vars: [{a: '${conn.tls.sni}'}, {b: null}]}}"),
          "on_http_request",
          List.of(
              "{type: deny, config: {status_code: 404}}",
              "{type: custom-response, config: {status_code: 204, headers: {x-a: b}, body: '${req.host}'}}",
              "{type: redirect, config: {from: /a, to: /b, status_code: 301, headers: {x-a: b}}}",
              "{type: url-rewrite, config: {from: /a, to: '/${req.host}'}}",
              "{type: add-headers, config: {headers: {x-a: '${req.headers[\"a\"][0]}', x-b: c}}}",
              "{type: remove-headers, config: {headers: [x-a, x-b]}}",
              "{type: restrict-ips, config: {enforce: false, ip_policies: [ipp_abc], allow: ['::/0']}}",
              "{type: oauth, config: {provider: google, client_id: a, client_secret: b, scopes: [c]}}",
              "{type: openid-connect, config: {issuer_url: 'https://id.example.com'}}",
              "{type: basic-auth, config: {credentials: ['user:password1', '${req.host}:password2'], realm: a}}",
              "{type: rate-limit, config: {name: a, algorithm: sliding_window, capacity: 10, rate: 60s,"
                  + " bucket_key: [req.host, conn.client_ip]}}",
              "{type: circuit-breaker, config: {error_threshold: 0.5, window_duration: 10s}}",
              "{type: verify-webhook, config: {provider: github, secret: abc}}",
              "{type: http-request, config: {url: 'https://a.example.com/x', method: POST, timeout: 3s}}",
              "{type: owasp-crs-request, config: {on_error: halt, exclude_rule_ids: [920350]}}",
              "{type: request-body-find-replace, config: {replacements: [{from: a, to: b}]}}",
              "{type: jwt-validation, config: {issuer: {allow_list: [{value: 'https://a.example.com'}]},"
                  + " http: {tokens: [{type: jwt, method: header, name: a}]}, jws: {allowed_algorithms:"
                  + " [RS256], keys: {sources: {additional_jkus: ['https://a.example.com/j']}}}}}"),
          "on_http_response",
          List.of(
              "{type: custom-response, config: {status_code: 503, body: later}}",
              "{type: add-headers, config: {headers: {x-a: '${res.status_code}'}}}",
              "{type: compress-response, config: {algorithms: [gzip]}}",
              "{type: owasp-crs-response, config: {on_error: continue}}",
              "{type: response-body-find-replace, config: {replacements: [{from: a}]}}",
              "{type: log, config: {metadata: {}}}"));

  private static final List<String> EXPRESSIONS =
      List.of(
          "conn.client_port > 1024",
          "!(conn.client_ip in ['a', \"b}\"])",
          "inCidrRange(conn.client_ip, '10.0.0.0/8') && true",
          "[1, 2].exists(x, x > 1)",
          "true");

  /** Values that replace another value. */
  private static final List<String> SPOILERS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "600",
          "2000000001",
          "12345678901234567890",
          "''",
          "' '",
          "'403'",
          "60s",
          "61s",
          "'1 h'",
          "9999999999s",
          "[]",
          "{}",
          "[a]",
          "{a: b}",
          "[null]",
          "'${req.host}'",
          "'${'",
          "'${}'",
          "'${ {''a'': 1}.a } }'",
          "'${''}''}'",
          "'${a.b[}'",
          "'${\"\\\\\"\"}'",
          "'$${x}'",
          "'${''''''a''b''''''}'",
          "'${r''\\''}'",
          "10.0.0.0/8",
          "10.0.0.1/8",
          "'::1'",
          "'::ffff:10.0.0.0/104'",
          "google",
          "halt",
          "deny",
          "forward-internal",
          "restrict-ips",
          "on_http_request",
          "'user:pass'",
          "':password1'",
          "'a:${x}'",
          "ca_a",
          "1.2");

  private static final List<String> NAMES =
      List.of(
          "status_code",
          "config",
          "type",
          "headers",
          "url",
          "enforce",
          "on_error",
          "expressions",
          "actions",
          "name",
          "x-a",
          "allow",
          "inbound",
          "on_http_response",
          "client_id",
          "min_version");

  private final Random random;

  /** Rules that a seed decides on. */
  public RandomRules(long seed) {
    random = new Random(seed);
  }

  /** The next ones, as a reader gives them. */
  public Map<String, Object> next() {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (String phase : PHASES) {
      if (random.nextInt(2) == 0) {
        List<Object> rules = new ArrayList<>();
        for (int count = random.nextInt(2); count >= 0; count--) {
          rules.add(rule(phase));
        }
        tree.put(phase, rules);
      }
    }
    for (int faults = random.nextInt(3); faults > 0; faults--) {
      spoil(tree);
    }
    return tree;
  }

  EndpointKind kind() {
    return random.nextInt(6) > 0
        ? EndpointKind.HTTPS
        : random.nextBoolean() ? EndpointKind.TCP : EndpointKind.TLS;
  }

  private Map<String, Object> rule(String phase) {
    Map<String, Object> rule = new LinkedHashMap<>();
    if (random.nextInt(4) > 0) {
      rule.put("expressions", new ArrayList<>(List.of(any(EXPRESSIONS))));
    }
    List<Object> actions = new ArrayList<>();
    for (int count = random.nextInt(2); count >= 0; count--) {
      String home = random.nextInt(12) > 0 ? phase : any(PHASES);
      actions.add(RawPolicyCase.tree(any(ACTIONS.get(home))));
    }
    rule.put("actions", actions);
    return rule;
  }

  @SuppressWarnings("unchecked")
  private void spoil(Object tree) {
    if (tree instanceof Map<?, ?> raw && !raw.isEmpty()) {
      Map<String, Object> map = (Map<String, Object>) raw;
      String key = any(new ArrayList<>(map.keySet()));
      if (descend(map.get(key))) {
        spoil(map.get(key));
        return;
      }
      switch (random.nextInt(5)) {
        case 0 -> map.remove(key);
        case 1 -> map.put(any(NAMES), spoiler());
        case 2 -> map.put(any(NAMES), map.remove(key));
        default -> map.put(key, map.get(key) instanceof Number ? number() : spoiler());
      }
    } else if (tree instanceof List<?> raw && !raw.isEmpty()) {
      List<Object> list = (List<Object>) raw;
      int index = random.nextInt(list.size());
      if (descend(list.get(index))) {
        spoil(list.get(index));
        return;
      }
      switch (random.nextInt(4)) {
        case 0 -> list.remove(index);
        case 1 -> list.add(list.get(index));
        default -> list.set(index, spoiler());
      }
    }
  }

  private boolean descend(Object below) {
    boolean deeper =
        (below instanceof Map<?, ?> map && !map.isEmpty())
            || (below instanceof List<?> list && !list.isEmpty());
    return deeper && random.nextInt(8) > 0;
  }

  private int number() {
    return random.nextInt(800) - 50;
  }

  private Object spoiler() {
    return RawPolicyCase.tree("a: " + any(SPOILERS)).get("a");
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
