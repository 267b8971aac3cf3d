package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The place of a token in a request.
 *
 * @param method {@code header}, or {@code body} of a POST, PUT or PATCH (documented)
 * @param name of the header or of the body's field, in any case (documented)
 * @param prefix the text before the token; empty for none
 */
record TokenSource(String method, String name, String prefix) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final int MAX_BODY = 1 << 20;

  /**
   * The token.
   *
   * @throws TokenRefused if there is none
   */
  String read(Run run) throws TokenRefused, IOException {
    HTTPRequest request = run.request().orElseThrow();
    if (method.equals("body") && !WITH_BODY.contains(request.method())) {
      throw new TokenRefused("the request's method has no body");
    }
    String value =
        (method.equals("body") ? fromBody(run, request) : request.headers().first(name))
            .orElseThrow(() -> new TokenRefused("there is no token"));
    if (!value.startsWith(prefix)) {
      throw new TokenRefused("the prefix is missing");
    }
    return value.substring(prefix.length()).strip();
  }

  /** Reads the body so that it can be read again. */
  private Optional<String> fromBody(Run run, HTTPRequest request) throws IOException {
    byte[] bytes = request.body().readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new Unmodelled("a token in a body of more than 1 MiB");
    }
    run.request(
        new HTTPRequest(
            request.scheme(),
            request.method(),
            request.host(),
            request.target(),
            request.headers(),
            new ByteArrayInputStream(bytes)));
    String body = new String(bytes, StandardCharsets.UTF_8);
    String type = request.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("application/json")) {
      return fromJson(body);
    }
    return type.startsWith("application/x-www-form-urlencoded") ? fromForm(body) : Optional.empty();
  }

  private Optional<String> fromJson(String body) {
    try {
      JsonNode fields = JSON.readTree(body);
      return fields.properties().stream()
          .filter(field -> field.getKey().equalsIgnoreCase(name) && field.getValue().isTextual())
          .map(field -> field.getValue().textValue())
          .findFirst();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private Optional<String> fromForm(String body) {
    return QueryText.parse(body).entrySet().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .map(values -> values.get(0))
        .findFirst();
  }
}
