package dev.clinicnet.operator.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a client logs in, and which users may come in. ngrok takes one such action for an endpoint
 * (2239).
 *
 * @param users a CEL expression that is true for a user who may come in; empty: everybody who can
 *     log in
 */
public record Login(Action action, Optional<String> users) {

  /**
   * A client at the provider.
   *
   * @param secret a reference to a vault secret, which the policy holds in place of the secret
   */
  public record Client(String id, String secret) {}

  /**
   * An OAuth provider.
   *
   * @param client empty: ngrok's own
   * @param scopes empty: those that ngrok needs
   */
  public static Login oauth(
      String provider,
      Optional<Client> client,
      List<String> scopes,
      List<String> domains,
      List<String> emails) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("provider", provider);
    return new Login(
        new Action("oauth", withClient(config, client, scopes)),
        users("actions.ngrok.oauth.identity.email", domains, emails));
  }

  /** An OpenID provider. Empty {@code scopes} means those that ngrok needs. */
  public static Login oidc(
      String issuerURL,
      Client client,
      List<String> scopes,
      List<String> domains,
      List<String> emails) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("issuer_url", literal(issuerURL));
    return new Login(
        new Action("openid-connect", withClient(config, Optional.of(client), scopes)),
        users("actions.ngrok.oidc.identity.email", domains, emails));
  }

  /**
   * A signed token in a header.
   *
   * @param audiences empty: any
   * @param prefix what stands before the token; empty: nothing
   */
  public static Login jwt(
      List<String> issuers,
      List<String> audiences,
      List<String> jwksURLs,
      List<String> algorithms,
      String type,
      String header,
      String prefix) {
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("type", type);
    token.put("method", "header");
    token.put("name", header);
    if (!prefix.isEmpty()) {
      token.put("prefix", prefix);
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("issuer", allowList(issuers));
    if (!audiences.isEmpty()) {
      config.put("audience", allowList(audiences));
    }
    config.put("http", Map.of("tokens", List.of(token)));
    config.put(
        "jws",
        Map.of(
            "allowed_algorithms",
            algorithms,
            "keys",
            Map.of("sources", Map.of("additional_jkus", literals(jwksURLs)))));
    return new Login(new Action("jwt-validation", config), Optional.empty());
  }

  /**
   * User names and passwords.
   *
   * @param passwords by user name, a reference to a vault secret, which the policy holds in place
   *     of the password
   */
  public static Login basicAuth(String realm, Map<String, String> passwords) {
    List<String> credentials =
        passwords.entrySet().stream()
            .map(user -> literal(user.getKey()) + ":" + user.getValue())
            .toList();
    return new Login(
        new Action("basic-auth", Map.of("credentials", credentials, "realm", literal(realm))),
        Optional.empty());
  }

  private static Map<String, Object> withClient(
      Map<String, Object> config, Optional<Client> client, List<String> scopes) {
    client.ifPresent(
        own -> {
          config.put("client_id", literal(own.id()));
          config.put("client_secret", own.secret());
        });
    if (!scopes.isEmpty()) {
      config.put("scopes", literals(scopes));
    }
    return config;
  }

  private static Optional<String> users(String email, List<String> domains, List<String> emails) {
    List<String> allowed = new ArrayList<>();
    emails.stream().distinct().forEach(user -> allowed.add(email + " == " + Cel.quote(user)));
    domains.stream()
        .distinct()
        .forEach(domain -> allowed.add(email + ".endsWith(" + Cel.quote("@" + domain) + ")"));
    return allowed.isEmpty() ? Optional.empty() : Optional.of(String.join(" || ", allowed));
  }

  private static Map<String, Object> allowList(List<String> values) {
    return Map.of(
        "allow_list", literals(values).stream().map(value -> Map.of("value", value)).toList());
  }

  private static List<String> literals(List<String> values) {
    return values.stream().map(Login::literal).toList();
  }

  private static String literal(String value) {
    Cel.refuseInterpolation(value);
    return value;
  }
}
