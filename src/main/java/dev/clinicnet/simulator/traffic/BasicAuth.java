package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code basic-auth}: accepts one of the configured credentials, and answers 401 otherwise. */
final class BasicAuth implements Action {
  private static final String SCHEME = "Basic ";
  private static final int UNAUTHORIZED = 401;

  /** A user's name and password. */
  private record Credential(String user, String password) {

    boolean equalTo(Credential other) {
      return MessageDigest.isEqual(bytes(), other.bytes());
    }

    private byte[] bytes() {
      return (user + ':' + password).getBytes(StandardCharsets.UTF_8);
    }
  }

  @Override
  public Optional<Ending> run(Call call) {
    Optional<Credential> presented =
        call.run()
            .request()
            .orElseThrow()
            .headers()
            .first("authorization")
            .flatMap(BasicAuth::read);
    boolean authorized = presented.isPresent() && known(call.config(), presented.get());
    call.found("basic_auth", Map.of("credentials", findings(presented, authorized)));
    if (authorized || !call.config().flag("enforce", true)) {
      return Optional.empty();
    }
    HTTPResponse response = HTTPResponse.empty(UNAUTHORIZED);
    String realm = call.config().text("realm").orElse("ngrok").replace("\"", "\\\"");
    response.headers().set("www-authenticate", "Basic realm=\"" + realm + "\"");
    return call.answer(
        response, presented.isPresent() ? "the credentials are wrong" : "no credentials");
  }

  private static Map<String, Object> findings(Optional<Credential> presented, boolean authorized) {
    Map<String, Object> findings = new LinkedHashMap<>();
    findings.put("presented", presented.isPresent());
    findings.put("authorized", authorized);
    presented.ifPresent(credential -> findings.put("username", credential.user()));
    return findings;
  }

  private static boolean known(Config config, Credential presented) {
    boolean known = false;
    for (JsonNode entry : config.fields().path("credentials")) {
      known |= configured(config, entry.asText()).equalTo(presented);
    }
    return known;
  }

  /**
   * The first colon outside of a template separates (documented). If there is none, it is that of
   * the value.
   */
  private static Credential configured(Config config, String text) {
    String place = "config.credentials";
    int index = Template.parse(text, place).literalIndexOf(':');
    if (index < 0) {
      return divided(config.evaluation().text(text, place))
          .orElseThrow(() -> new EvaluationFailed(place, "there is no colon in it"));
    }
    return new Credential(
        config.evaluation().text(text.substring(0, index), place),
        config.evaluation().text(text.substring(index + 1), place));
  }

  private static Optional<Credential> read(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      return divided(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Credential> divided(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.of(new Credential(text.substring(0, colon), text.substring(colon + 1)));
  }
}
