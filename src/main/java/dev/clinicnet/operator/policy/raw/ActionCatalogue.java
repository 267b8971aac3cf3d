package dev.clinicnet.operator.policy.raw;

import static dev.clinicnet.operator.policy.raw.Field.expected;
import static dev.clinicnet.operator.policy.raw.Field.optional;
import static dev.clinicnet.operator.policy.raw.Field.required;
import static dev.clinicnet.operator.policy.raw.Groups.headers;
import static dev.clinicnet.operator.policy.raw.Groups.list;
import static dev.clinicnet.operator.policy.raw.Groups.object;
import static dev.clinicnet.operator.policy.raw.Shapes.bool;
import static dev.clinicnet.operator.policy.raw.Shapes.cel;
import static dev.clinicnet.operator.policy.raw.Shapes.integer;
import static dev.clinicnet.operator.policy.raw.Shapes.nonEmpty;
import static dev.clinicnet.operator.policy.raw.Shapes.oneOf;
import static dev.clinicnet.operator.policy.raw.Shapes.template;
import static dev.clinicnet.operator.policy.raw.Shapes.text;

import dev.clinicnet.operator.policy.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The actions that raw rules may have (traffic-policy/actions, one page each). */
final class ActionCatalogue {

  private static final Set<Phase> ANY = Set.of(Phase.values());
  private static final Set<Phase> HTTP = Set.of(Phase.ON_HTTP_REQUEST, Phase.ON_HTTP_RESPONSE);
  private static final Set<Phase> REQUEST = Set.of(Phase.ON_HTTP_REQUEST);
  private static final Set<Phase> RESPONSE = Set.of(Phase.ON_HTTP_RESPONSE);
  private static final Set<Phase> BEFORE = Set.of(Phase.ON_TCP_CONNECT, Phase.ON_HTTP_REQUEST);
  private static final int MANY = Integer.MAX_VALUE;
  private static final int MAX_COUNT = 2_000_000_000;
  private static final Shape WINDOW =
      Durations.between(Duration.ofSeconds(1), Duration.ofMinutes(2), 1);

  private static final Map<String, ActionType> ACTIONS =
      Stream.of(
              LoginActions.all(),
              ending(),
              checking(),
              changing(),
              asking(),
              inspecting(),
              streaming())
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(ActionType::name, action -> action));

  private ActionCatalogue() {}

  /** Null when the type is not known. */
  static ActionType find(String type) {
    return ACTIONS.get(type);
  }

  static Set<String> names() {
    return ACTIONS.keySet();
  }

  private static List<ActionType> ending() {
    return List.of(
        new ActionType("deny", BEFORE, optional("status_code", integer(400, 599)))
            .with(ActionCatalogue::noStatusOnConnect)
            .terminating(),
        new ActionType("close-connection", BEFORE).terminating(),
        new ActionType(
                "custom-response",
                HTTP,
                optional("status_code", integer(100, 599)),
                optional("body", template()),
                optional("content", template()),
                optional("headers", headers(0)))
            .with(ActionCatalogue::oneBody)
            .terminating(),
        new ActionType(
            "redirect",
            REQUEST,
            required("to", template().and(nonEmpty())),
            optional("from", template()),
            optional("status_code", integer(300, 399)),
            optional("headers", headers(0))));
  }

  /** The older name is still in use, also by ngrok's own Kubernetes operator. */
  private static void oneBody(Map<?, ?> config, Place place) {
    if (config.containsKey("body") && config.containsKey("content")) {
      place.field("content").warn("is the older name of body: take one of them out");
    }
  }

  private static void noStatusOnConnect(Map<?, ?> config, Place place) {
    if (place.phase() == Phase.ON_TCP_CONNECT && config.containsKey("status_code")) {
      place.field("status_code").error("on_tcp_connect has no status to answer with: take it out");
    }
  }

  private static List<ActionType> checking() {
    return List.of(
        new ActionType(
            "restrict-ips",
            ANY,
            optional("enforce", bool()),
            optional("allow", list(0, MANY, template().and(Networks::check))),
            optional("deny", list(0, MANY, template().and(Networks::check))),
            optional("ip_policies", list(0, MANY, text().and(Networks::checkPolicy)))),
        new ActionType(
                "terminate-tls",
                Set.of(Phase.ON_TCP_CONNECT),
                optional("min_version", oneOf("1.2", "1.3")),
                optional("max_version", oneOf("1.2", "1.3")),
                optional("server_certificate", template().and(nonEmpty())),
                optional("server_private_key", template().and(nonEmpty()).confidential()),
                optional(
                    "mutual_tls_certificate_authorities",
                    Groups.listOrOne(template().and(Networks::checkAuthority))),
                optional(
                    "mutual_tls_verification_strategy",
                    oneOf("require-and-verify", "require-any", "request")))
            .with(ActionCatalogue::tls),
        new ActionType(
            "rate-limit",
            REQUEST,
            required("name", text().and(nonEmpty()).and(Shapes.atMost(1023))),
            required("algorithm", oneOf("sliding_window")),
            required("capacity", integer(1, MAX_COUNT)),
            required("rate", Durations.between(Duration.ofSeconds(60), Duration.ofHours(24), 10)),
            expected("bucket_key", list(1, 10, cel())),
            optional("enforce", bool())),
        new ActionType(
            "circuit-breaker",
            REQUEST,
            optional("error_threshold", Shapes.fraction()),
            optional("volume_threshold", integer(1, MAX_COUNT)),
            optional("window_duration", WINDOW),
            optional("tripped_duration", WINDOW),
            optional("num_buckets", integer(10, 10)),
            optional("enforce", bool())),
        new ActionType(
            "verify-webhook",
            REQUEST,
            required("provider", text().and(nonEmpty())),
            required("secret", template().and(nonEmpty()).confidential()),
            optional("enforce", bool())));
  }

  private static void tls(Map<?, ?> config, Place place) {
    LoginActions.together("server_certificate", "server_private_key", config, place);
    if ("1.3".equals(config.get("min_version")) && "1.2".equals(config.get("max_version"))) {
      place.field("max_version").error("is below min_version: write 1.3");
    }
  }

  private static List<ActionType> changing() {
    return List.of(
        new ActionType("add-headers", HTTP, required("headers", headers(1))),
        new ActionType("remove-headers", HTTP, required("headers", Groups.headerNames())),
        new ActionType(
            "url-rewrite",
            REQUEST,
            required("to", template().and(nonEmpty())),
            optional("from", template())),
        new ActionType("set-vars", ANY, required("vars", ActionCatalogue::variables)),
        new ActionType("log", ANY, required("metadata", Groups.map(0, MANY, Shapes.free()))),
        new ActionType(
            "compress-response",
            RESPONSE,
            optional(
                "algorithms",
                list(1, MANY, oneOf("br", "compress", "deflate", "gzip")).and(Groups.unique()))),
        new ActionType("request-body-find-replace", REQUEST, replacements()),
        new ActionType("response-body-find-replace", RESPONSE, replacements()));
  }

  private static Field replacements() {
    return required(
        "replacements",
        list(
            1,
            MANY,
            object(required("from", template().and(nonEmpty())), optional("to", template()))));
  }

  /** A list of variables; one map of them is in use too, and is sent as a list. */
  static void variables(Object value, Place place) {
    Shape shape =
        value instanceof Map
            ? Groups.map(1, MANY, Shapes.free())
            : list(1, MANY, ActionCatalogue::variable);
    shape.check(value, place);
  }

  /** A map of one: the name, and any value, null too (2252). */
  private static void variable(Object value, Place place) {
    if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
      place.error("is no map of exactly one: write each variable as an entry of its own");
    } else {
      Shapes.free().check(value, place);
    }
  }

  private static List<ActionType> asking() {
    Shape parameter =
        object(
            required("key", template().and(Shapes.atMost(128))),
            required("value", template().and(Shapes.atMost(8192))));
    return List.of(
        new ActionType(
            "http-request",
            HTTP,
            required("url", template().and(Urls.outside())),
            optional("method", oneOf("GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS")),
            optional("query_params", list(0, 32, parameter)),
            optional("headers", headers(0)),
            optional("body", template()),
            optional("max_redirects", integer(0, 100).and(ActionCatalogue::noRedirects)),
            optional(
                "timeout", Durations.between(Duration.ofSeconds(1), Duration.ofSeconds(30), 1)),
            optional("retry_condition", cel("attempts", "last_attempt")),
            optional("on_error", oneOf("halt", "continue"))));
  }

  /** ngrok takes up to 100, and follows 10 where it is absent (documented). */
  private static void noRedirects(Object value, Place place) {
    if (((Number) value).intValue() > 0) {
      place.error(
          "a redirect could lead to an internal endpoint of another clinic: set it to 0 and ask the"
              + " final URL");
    }
  }

  private static List<ActionType> inspecting() {
    Field[] fields = {
      optional("on_error", oneOf("halt", "continue")),
      optional("process_body", bool()),
      optional("exclude_rule_ids", list(0, MANY, integer(900_000, 999_999)))
    };
    return List.of(
        new ActionType("owasp-crs-request", REQUEST, fields),
        new ActionType("owasp-crs-response", RESPONSE, fields));
  }

  /** What ngrok names, and documents elsewhere or not yet: their fields are not checked. */
  private static List<ActionType> streaming() {
    return List.of(
        ActionType.undocumented("ai-gateway", REQUEST).with(ActionCatalogue::outsideOnly),
        ActionType.undocumented("sse-find-replace", Set.of(Phase.ON_EVENT_STREAM_MESSAGE)));
  }

  /** A provider may have an URL of its own, and ngrok reaches internal endpoints by it. */
  private static void outsideOnly(Object value, Place place) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        outsideOnly(list.get(i), place.item(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, below) -> {
            Place there = place.field(String.valueOf(key));
            boolean isUrl = String.valueOf(key).toLowerCase(Locale.ROOT).endsWith("url");
            if (isUrl && below instanceof String && there.errors().isEmpty()) {
              Urls.outside().check(below, there);
            }
            outsideOnly(below, there);
          });
    }
  }
}
