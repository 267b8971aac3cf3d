package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code jwt-validation}: requires that every configured token is there and valid, and answers 401
 * otherwise.
 */
final class JwtValidation implements Action {
  private static final int UNAUTHORIZED = 401;

  @Override
  public Optional<Ending> run(Call call) throws IOException {
    Config config = call.config();
    TokenCheck check = check(call);
    List<Object> tokens = new ArrayList<>();
    for (JsonNode entry : config.fields().path("http").path("tokens")) {
      TokenSource source = source(config, entry);
      try {
        tokens.add(check.verify(source.read(call.run()), source));
      } catch (TokenRefused e) {
        return call.answer(
            HTTPResponse.text(UNAUTHORIZED, "Unauthorized\n"),
            source.name() + ": " + e.getMessage());
      }
    }
    call.found("jwt_validation", Map.of("tokens", tokens));
    return Optional.empty();
  }

  private static TokenSource source(Config config, JsonNode entry) {
    String place = "config.http.tokens";
    return new TokenSource(
        config.text(entry.path("method"), place),
        config.text(entry.path("name"), place),
        entry.has("prefix") ? config.text(entry.path("prefix"), place) : "");
  }

  private static TokenCheck check(Call call) {
    Config config = call.config();
    JsonNode jws = config.fields().path("jws");
    List<String> urls = new ArrayList<>();
    for (JsonNode keys : each(jws.path("keys"))) {
      for (JsonNode source : each(keys.path("sources"))) {
        urls.addAll(config.texts(source.path("additional_jkus"), "config.jws.keys.sources"));
      }
    }
    return new TokenCheck(
        call.run().account(),
        values(config, "issuer"),
        values(config, "audience"),
        config.texts(jws.path("allowed_algorithms"), "config.jws.allowed_algorithms"),
        List.copyOf(urls));
  }

  /** These are lists in the reference, and one object in all examples. */
  private static List<JsonNode> each(JsonNode node) {
    List<JsonNode> nodes = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(nodes::add);
    } else {
      nodes.add(node);
    }
    return nodes;
  }

  private static List<String> values(Config config, String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode entry : config.fields().path(name).path("allow_list")) {
      values.add(config.text(entry.path("value"), "config." + name + ".allow_list"));
    }
    return values;
  }
}
