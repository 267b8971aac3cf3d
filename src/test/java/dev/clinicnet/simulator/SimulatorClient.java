package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Talks to a simulator as an API client does. */
final class SimulatorClient {
  static final String KEY = "2aBcDeFgHiJkLmNoPqRsTuVwXyZ_0123456789abcdefghijk";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;

  SimulatorClient(URI url) {
    this.url = url;
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer patch(String path, String body) {
    return send("PATCH", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  Answer send(String method, String path, String body) {
    Map<String, String> headers = headers();
    if (body == null) {
      headers.remove("Content-Type");
    }
    return send(method, path, body, headers);
  }

  Answer send(String method, String path, String body, Map<String, String> headers) {
    try {
      return answer(http.send(request(method, path, body, headers), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  CompletableFuture<Answer> sendLater(String method, String path, String body) {
    return http.sendAsync(request(method, path, body, headers()), BodyHandlers.ofString())
        .thenApply(SimulatorClient::answer);
  }

  /** The headers of a good request. */
  static Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Authorization", "Bearer " + KEY);
    headers.put("Ngrok-Version", "2");
    headers.put("Content-Type", "application/json");
    return headers;
  }

  static ObjectNode object(Object... members) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < members.length; i += 2) {
      object.set(String.valueOf(members[i]), MAPPER.valueToTree(members[i + 1]));
    }
    return object;
  }

  private HttpRequest request(
      String method, String path, String body, Map<String, String> headers) {
    URI target = path.startsWith("http") ? URI.create(path) : URI.create(url + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }

  private static Answer answer(HttpResponse<String> response) {
    try {
      JsonNode body = response.body().isEmpty() ? null : MAPPER.readTree(response.body());
      String operation = response.headers().firstValue("ngrok-operation-id").orElse(null);
      return new Answer(response.statusCode(), body, operation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer. */
  record Answer(int status, JsonNode body, String operationId) {
    String code() {
      return body == null ? null : body.path("error_code").asText(null);
    }

    String id() {
      return text("id");
    }

    String text(String name) {
      return body.path(name).asText(null);
    }
  }
}
