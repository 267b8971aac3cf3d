package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The documented variables whose values the simulator cannot know. */
final class UnmodelledVariables {
  private static final List<String> CONNECTION =
      List.of(
          "bytes_in",
          "bytes_out",
          "server_region",
          "ts.end",
          "tls.ja4_fingerprint",
          "tls.negotiated_alpn",
          "geo.city",
          "geo.country",
          "geo.country_code",
          "geo.latitude",
          "geo.longitude",
          "geo.radius",
          "geo.subdivision",
          "k8s.pod.id",
          "k8s.pod.metadata.annotations",
          "k8s.pod.metadata.error_code",
          "k8s.pod.metadata.error_message",
          "k8s.pod.metadata.name",
          "k8s.pod.metadata.namespace");

  private static final List<String> ADDRESS =
      List.of(
          "as.number",
          "as.organization",
          "categories",
          "is_on_blocklist",
          "is_tor_node",
          "geo.location.latitude",
          "geo.location.longitude",
          "geo.location.postal_code",
          "geo.location.radius");

  private static final List<String> PLACE =
      List.of(
          "city",
          "continent",
          "country",
          "country_code",
          "is_eu",
          "metro_code",
          "subdivision",
          "timezone");

  private static final List<String> CERTIFICATE =
      List.of(
          "extensions",
          "serial_number",
          "signature_algorithm",
          "san",
          "subject.postal_code",
          "issuer.postal_code");

  private static final List<String> SERVER_CERTIFICATE =
      List.of(
          "subject",
          "subject.common_name",
          "subject.country",
          "subject.locality",
          "subject.organization",
          "subject.organizational_unit",
          "subject.province",
          "subject.street_address",
          "issuer",
          "issuer.common_name",
          "issuer.country",
          "issuer.locality",
          "issuer.organization",
          "issuer.organizational_unit",
          "issuer.province",
          "issuer.street_address",
          "pem",
          "san.dns_names",
          "san.email_addresses",
          "san.ip_addresses",
          "san.uris",
          "validity.not_after",
          "validity.not_before");

  private static final List<String> MESSAGES =
      List.of(
          "req.trailers",
          "req.ts.body_received",
          "req.ts.header_received",
          "req.url.port",
          "req.url.user_password",
          "req.user_agent.device",
          "req.user_agent.is_bot",
          "req.user_agent.is_desktop",
          "req.user_agent.is_mobile",
          "req.user_agent.is_tablet",
          "req.user_agent.name",
          "req.user_agent.os",
          "req.user_agent.os_version",
          "req.user_agent.url",
          "req.user_agent.version",
          "req.version",
          "res.trailers",
          "res.cookies");

  private static final List<String> LOGIN =
      List.of(
          "identity.provider_user_id",
          "identity.current_provider_session_id",
          "identity.current_session_id",
          "identity_token",
          "access_token",
          "refresh_token",
          "expires_at",
          "session_timed_out",
          "session_max_duration_reached",
          "userinfo_refreshed");

  private static final List<String> WITH_ERRORS =
      List.of(
          "restrict_ips",
          "jwt_validation",
          "rate_limit",
          "redirect",
          "url_rewrite",
          "oauth",
          "oidc");

  private static final List<String> ACTIONS =
      List.of(
          "rate_limit.bucket_key",
          "redirect.matches",
          "url_rewrite.matches",
          "terminate_tls.error_code",
          "terminate_tls.error_message",
          "terminate_tls.warnings",
          "terminate_tls.ja4_fingerprint",
          "terminate_tls.negotiated_alpn");

  private final Map<String, Variable> all = new HashMap<>();

  private UnmodelledVariables() {}

  static Map<String, Variable> all() {
    UnmodelledVariables names = new UnmodelledVariables();
    names.add("conn.", CONNECTION);
    for (String side : List.of("conn.client_ip.", "conn.server_ip.")) {
      names.add(side, ADDRESS);
      names.add(side + "geo.location.", PLACE);
      names.add(side + "geo.registered_location.", PLACE);
    }
    for (String tls : List.of("conn.tls.", "actions.ngrok.terminate_tls.")) {
      names.add(tls + "client.", CERTIFICATE);
      names.add(tls + "server.", CERTIFICATE);
      names.add(tls + "server.", SERVER_CERTIFICATE);
    }
    names.add("", MESSAGES);
    names.add("actions.ngrok.", ACTIONS);
    names.add("actions.ngrok.oauth.", LOGIN);
    names.add("actions.ngrok.oidc.", LOGIN);
    for (String action : WITH_ERRORS) {
      names.add("actions.ngrok." + action + ".error.", List.of("code", "message"));
    }
    return names.all;
  }

  private void add(String prefix, List<String> names) {
    for (String name : names) {
      all.put(prefix + name, Variable.unmodelled(SimpleType.DYN, prefix + name));
    }
  }
}
