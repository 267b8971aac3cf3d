package dev.clinicnet.operator.policy.raw;

import static dev.clinicnet.operator.policy.raw.Field.optional;
import static dev.clinicnet.operator.policy.raw.Field.required;
import static dev.clinicnet.operator.policy.raw.Groups.list;
import static dev.clinicnet.operator.policy.raw.Groups.object;
import static dev.clinicnet.operator.policy.raw.Groups.oneOrMore;
import static dev.clinicnet.operator.policy.raw.Shapes.bool;
import static dev.clinicnet.operator.policy.raw.Shapes.nonEmpty;
import static dev.clinicnet.operator.policy.raw.Shapes.oneOf;
import static dev.clinicnet.operator.policy.raw.Shapes.template;
import static dev.clinicnet.operator.policy.raw.Shapes.text;

import dev.clinicnet.operator.policy.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The actions that find out who somebody is (traffic-policy/actions, one page each). */
final class LoginActions {

  private static final Set<Phase> REQUEST = Set.of(Phase.ON_HTTP_REQUEST);
  private static final int MANY = Integer.MAX_VALUE;
  private static final int MAX_REALM = 128;
  private static final int MAX_CREDENTIALS = 10;

  private LoginActions() {}

  static List<ActionType> all() {
    return List.of(oauth(), openIdConnect(), jwtValidation(), basicAuth(), saml());
  }

  private static ActionType oauth() {
    return new ActionType(
            "oauth",
            REQUEST,
            session(
                required(
                    "provider",
                    oneOf(
                        "amazon",
                        "facebook",
                        "github",
                        "gitlab",
                        "google",
                        "linkedin",
                        "microsoft",
                        "twitch")),
                "idle_session_timeout"))
        .with(LoginActions::ownClient)
        .asLogin();
  }

  private static ActionType openIdConnect() {
    return new ActionType(
            "openid-connect",
            REQUEST,
            session(required("issuer_url", text().and(Urls.http())), "idle_session_duration"))
        .with(LoginActions::ownClient)
        .asLogin();
  }

  /** The two actions name the time without activity differently (documented). */
  private static Field[] session(Field who, String idle) {
    return new Field[] {
      who,
      optional("auth_id", text().and(nonEmpty())),
      optional("client_id", template().and(nonEmpty())),
      optional("client_secret", template().and(nonEmpty()).confidential()),
      optional("scopes", list(0, MANY, text().and(nonEmpty()))),
      optional("authz_url_params", Groups.map(0, MANY, text())),
      optional("max_session_duration", Durations.any()),
      optional(idle, Durations.any()),
      optional("userinfo_refresh_interval", Durations.any()),
      optional("allow_cors_preflight", bool()),
      optional("auth_cookie_domain", text().and(nonEmpty()))
    };
  }

  private static void ownClient(Map<?, ?> config, Place place) {
    together("client_id", "client_secret", config, place);
  }

  /** ngrok wants both or neither (2240). */
  static void together(String one, String other, Map<?, ?> config, Place place) {
    if (config.containsKey(one) != config.containsKey(other)) {
      String missing = config.containsKey(one) ? other : one;
      String present = config.containsKey(one) ? one : other;
      place
          .field(missing)
          .error("is missing: %s needs it; write both or neither".formatted(present));
    }
  }

  /** The table of fields says that keys and sources are lists, every sample has maps: both go. */
  private static ActionType jwtValidation() {
    Shape values = list(1, MANY, object(required("value", template().and(nonEmpty()))));
    Shape audiences = list(1, MANY, object(required("value", text().and(nonEmpty()))));
    Shape token =
        object(
            required("type", oneOf("id_token", "access_token", "at+jwt", "it+jwt", "plain", "jwt")),
            required("method", oneOf("header", "body")),
            required("name", template().and(nonEmpty())),
            optional("prefix", template()));
    Shape sources = object(required("additional_jkus", list(1, MANY, template().and(Urls.http()))));
    Shape keys =
        object(
            optional(
                "identification",
                oneOrMore(object(optional("token_claims", list(1, MANY, oneOf("kid")))))),
            required("sources", oneOrMore(sources)));
    return new ActionType(
            "jwt-validation",
            REQUEST,
            required("issuer", object(required("allow_list", values))),
            optional("audience", object(optional("allow_list", audiences))),
            required("http", object(required("tokens", list(1, MANY, token)))),
            required(
                "jws",
                object(
                    required(
                        "allowed_algorithms",
                        list(1, MANY, text().and(nonEmpty()).and(LoginActions::signed))),
                    required("keys", oneOrMore(keys)))))
        .asLogin();
  }

  private static void signed(Object algorithm, Place place) {
    if ("none".equalsIgnoreCase((String) algorithm)) {
      place.error("none would admit tokens without a signature: name the algorithm of your keys");
    }
  }

  private static ActionType basicAuth() {
    return new ActionType(
            "basic-auth",
            REQUEST,
            required(
                "credentials", list(1, MAX_CREDENTIALS, new BasicAuthCredential()).confidential()),
            optional("realm", text().and(Shapes.atMost(MAX_REALM))),
            optional("enforce", bool()))
        .asLogin();
  }

  /** Early access: its fields are not public. */
  private static ActionType saml() {
    return ActionType.undocumented("saml", REQUEST).asLogin();
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    all().forEach(action -> names.add(action.name()));
    return names;
  }
}
