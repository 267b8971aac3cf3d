package dev.clinicnet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A client of a simulator's own endpoints. */
final class SimulatorControl implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final OkHttpClient http = new OkHttpClient();
  private final String base;

  SimulatorControl(URI simulator) {
    this.base = simulator + "/_simulator/";
  }

  /** Everything that the account holds, by resource. */
  JsonNode state() {
    return call("state", "GET", null);
  }

  /** The number of requests, by method and path. */
  JsonNode requests() {
    return call("requests", "GET", null);
  }

  /** Injects a fault. */
  void addFault(String json) {
    call("faults", "POST", json);
  }

  /** Connects an agent with its configuration file. The answer has the result for each endpoint. */
  JsonNode connectAgent(String file) {
    return call("agents", "POST", file);
  }

  /** Sets the loopback addresses that represent the machines of an agent's site. */
  void upstreams(String agent, Map<String, String> loopback) {
    call("agents/" + agent + "/upstreams", "PUT", JSON.valueToTree(loopback).toString());
  }

  /** The addresses at which a client at an address reaches each public endpoint. */
  JsonNode edge(String from) {
    return call("edge?from=" + from, "GET", null);
  }

  void disconnectAgent(String id) {
    call("agents/" + id, "DELETE", null);
  }

  private JsonNode call(String path, String method, String body) {
    RequestBody sent =
        body == null ? null : RequestBody.create(body.getBytes(StandardCharsets.UTF_8));
    Request request = new Request.Builder().url(base + path).method(method, sent).build();
    try (Response response = http.newCall(request).execute()) {
      String text = response.body().string();
      if (!response.isSuccessful()) {
        throw new IllegalStateException(
            "the simulator answered "
                + response.code()
                + " to "
                + path
                + ": "
                + JSON.readTree(text).path("msg").asText());
      }
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
