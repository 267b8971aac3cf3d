package dev.clinicnet.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A documented traffic policy action.
 *
 * @param phases the phases in which it may stand
 * @param required the required config fields
 * @param optional the optional config fields
 * @param terminates whether nothing runs after it
 * @param login whether it is one of the actions of which an endpoint may have only one
 */
record PolicyAction(
    String type,
    List<String> phases,
    Set<String> required,
    Set<String> optional,
    boolean terminates,
    boolean login) {
  static final String TCP = "on_tcp_connect";
  static final String REQUEST = "on_http_request";
  static final String RESPONSE = "on_http_response";
  static final String EVENT = "on_event_stream_message";

  private static final List<String> ALL = List.of(TCP, REQUEST, RESPONSE);
  private static final List<String> HTTP = List.of(REQUEST, RESPONSE);
  private static final Map<String, PolicyAction> KNOWN = known();

  /** The action of a type, or null. */
  static PolicyAction of(String type) {
    return KNOWN.get(type);
  }

  private static Map<String, PolicyAction> known() {
    Map<String, PolicyAction> known = new HashMap<>();
    List<PolicyAction> actions =
        List.of(
            action("forward-internal", List.of(TCP, REQUEST), "url", "on_error").terminating(),
            action("deny", List.of(TCP, REQUEST), "", "status_code").terminating(),
            action("close-connection", List.of(TCP, REQUEST), "", "").terminating(),
            action("custom-response", HTTP, "", "status_code body content headers").terminating(),
            action("restrict-ips", ALL, "", "enforce allow deny ip_policies"),
            action(
                "terminate-tls",
                List.of(TCP),
                "",
                "min_version max_version server_private_key server_certificate"
                    + " mutual_tls_certificate_authorities mutual_tls_verification_strategy"),
            action(
                    "oauth",
                    List.of(REQUEST),
                    "provider",
                    "auth_id client_id client_secret scopes authz_url_params max_session_duration"
                        + " idle_session_timeout userinfo_refresh_interval allow_cors_preflight"
                        + " auth_cookie_domain")
                .asLogin(),
            action(
                    "openid-connect",
                    List.of(REQUEST),
                    "issuer_url",
                    "auth_id client_id client_secret scopes authz_url_params max_session_duration"
                        + " idle_session_duration userinfo_refresh_interval allow_cors_preflight"
                        + " auth_cookie_domain")
                .asLogin(),
            action("jwt-validation", List.of(REQUEST), "issuer http jws", "audience"),
            action("basic-auth", List.of(REQUEST), "credentials", "realm enforce"),
            action(
                "rate-limit",
                List.of(REQUEST),
                "name algorithm capacity rate",
                "bucket_key enforce"),
            action("log", ALL, "metadata", ""),
            action("redirect", List.of(REQUEST), "to", "from status_code headers"),
            action("url-rewrite", List.of(REQUEST), "to", "from"),
            action("add-headers", HTTP, "headers", ""),
            action("remove-headers", HTTP, "headers", ""),
            // Documented as required and with a default, as restrict-ips' enforce and on_error are.
            action(
                "circuit-breaker",
                List.of(REQUEST),
                "",
                "error_threshold volume_threshold window_duration tripped_duration num_buckets"
                    + " enforce"),
            action("set-vars", ALL, "vars", ""),
            action("verify-webhook", List.of(REQUEST), "provider secret", "enforce"),
            action(
                "http-request",
                HTTP,
                "url",
                "method query_params headers body max_redirects timeout retry_condition on_error"),
            action("compress-response", List.of(RESPONSE), "", "algorithms"),
            action(
                "owasp-crs-request",
                List.of(REQUEST),
                "",
                "on_error process_body exclude_rule_ids"),
            action(
                "owasp-crs-response",
                List.of(RESPONSE),
                "",
                "on_error process_body exclude_rule_ids"),
            action("request-body-find-replace", List.of(REQUEST), "replacements", ""),
            action("response-body-find-replace", List.of(RESPONSE), "replacements", ""),
            action(
                    "ai-gateway",
                    List.of(REQUEST),
                    "",
                    "providers model_selection max_input_tokens max_output_tokens total_timeout"
                        + " per_request_timeout only_allow_configured_providers"
                        + " only_allow_configured_models on_error")
                .terminating(),
            action("sse-find-replace", List.of(EVENT), "replacements", ""));
    actions.forEach(action -> known.put(action.type(), action));
    return known;
  }

  private static PolicyAction action(
      String type, List<String> phases, String required, String optional) {
    return new PolicyAction(type, phases, words(required), words(optional), false, false);
  }

  private PolicyAction terminating() {
    return new PolicyAction(type, phases, required, optional, true, login);
  }

  private PolicyAction asLogin() {
    return new PolicyAction(type, phases, required, optional, terminates, true);
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
  }
}
