package dev.clinicnet.operator.traffic;

import dev.clinicnet.operator.api.v1alpha1.PolicyRules;
import java.util.List;
import java.util.Map;

/** Rules that somebody may have written by hand, of which we know the meaning by their name. */
final class HandWrittenRules {
  private static final String NO_DELETE = "no delete";
  private static final String NO_POST = "no post";

  /** The rules in the form of a manifest. */
  static final List<Map<String, Object>> ALL =
      List.of(
          Map.of(
              "name",
              NO_DELETE,
              "expressions",
              List.of("req.method == 'DELETE'"),
              "actions",
              List.of(Map.of("type", "deny", "config", Map.of("status_code", 404)))),
          Map.of(
              "name",
              NO_POST,
              "expressions",
              List.of("req.method in ['POST']", "conn.client_port > 0"),
              "actions",
              List.of(Map.of("type", "custom-response", "config", Map.of("status_code", 404)))),
          Map.of(
              "name",
              "mark",
              "actions",
              List.of(
                  Map.of("type", "add-headers", "config", Map.of("headers", Map.of("x-a", "b"))))),
          Map.of(
              "name",
              "forget",
              "actions",
              List.of(
                  Map.of(
                      "type",
                      "remove-headers",
                      "config",
                      Map.of("headers", List.of("cookie", "authorization"))))));

  private HandWrittenRules() {}

  /** Whether one of a manifest's rules answers an attempt with 404, should it come so far. */
  static boolean answer(PolicyRules rules, Attempt attempt) {
    return rules != null
        && rules.onHTTPRequest().stream()
            .anyMatch(
                rule ->
                    (NO_DELETE.equals(rule.name()) && attempt.method().equals("DELETE"))
                        || (NO_POST.equals(rule.name()) && attempt.method().equals("POST")));
  }
}
