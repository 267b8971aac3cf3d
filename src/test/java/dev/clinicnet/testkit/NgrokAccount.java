package dev.clinicnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.operator.config.EdgeAddress;
import dev.clinicnet.simulator.Simulator;
import dev.clinicnet.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A simulated ngrok account, which a test reads and disturbs over real HTTP. */
public final class NgrokAccount implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Simulator simulator;
  private final String account;
  private final String key;
  private final HttpClient http = HttpClient.newHttpClient();

  /** The names of the agents outside of the simulator in their process, by their ids. */
  private final Map<String, String> names = new ConcurrentHashMap<>();

  private Optional<RealAgents> realAgents = Optional.empty();
  private int connected;

  private NgrokAccount(Simulator simulator, String account, String key) {
    this.simulator = simulator;
    this.account = account;
    this.key = key;
  }

  /** An empty account without a rate limit. */
  public static NgrokAccount open() {
    return open(SimulatorOptions.defaults().withPort(0).withoutRateLimit());
  }

  /** An empty account. */
  public static NgrokAccount open(SimulatorOptions options) {
    try {
      return new NgrokAccount(Simulator.start(options), null, RunningOperator.API_KEY);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An empty account without a rate limit, in HIPAA mode, as with {@code simulator --hipaa}. */
  public static NgrokAccount openInHIPAAMode() {
    try {
      return new NgrokAccount(
          Simulator.startInHipaaMode(SimulatorOptions.defaults().withPort(0).withoutRateLimit()),
          null,
          RunningOperator.API_KEY);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A further account of the same simulator. Only the first one closes it. */
  public NgrokAccount further(String name, String itsKey) {
    return new NgrokAccount(simulator, name, itsKey);
  }

  /** The base URL of its API. */
  public URI url() {
    return simulator.url();
  }

  /** All objects of a resource. */
  public List<JsonNode> all(String resource) {
    JsonNode rows = json(get("/_simulator/state")).path(resource);
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }

  /** Replaces everything by what {@link #state} has returned. */
  public void restore(String state) {
    expectSuccess(send("PUT", "/_simulator/state", state));
  }

  /** The whole content of the account, as text. */
  public String state() {
    return get("/_simulator/state");
  }

  /**
   * The number of times each request was made. Requests to the local APIs of agents are under
   * /agent-api.
   */
  public Map<String, Integer> requests() {
    Map<String, Integer> counts = new TreeMap<>();
    json(get("/_simulator/requests"))
        .properties()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue().intValue()));
    return counts;
  }

  /** The requests that change something. */
  public Map<String, Integer> writes() {
    Map<String, Integer> writes = requests();
    writes.keySet().removeIf(request -> request.startsWith("GET "));
    return writes;
  }

  /** Resets the counts. */
  public void forgetRequests() {
    send("DELETE", "/_simulator/requests", null);
  }

  /** Injects a fault, written as the simulator's documentation says. */
  public void fault(String json) {
    expectSuccess(send("POST", "/_simulator/faults", json));
  }

  /** Answers requests with a status and a code until the faults are removed. */
  public void refuse(String method, String path, int status, String code) {
    fault(
        """
        {"method": "%s", "path": "%s", "status": %d, "error_code": "%s", "times": 100000}
        """
            .formatted(method, path, status, code));
  }

  /** Creates an access token that can do what these scopes allow, and returns its secret text. */
  public String accessToken(List<String> scopes) {
    String list = JSON.valueToTree(scopes).toString();
    String answer = send("POST", "/_simulator/access-tokens", "{\"scopes\": " + list + "}").body();
    return json(answer).path("token").asText();
  }

  /** Chooses how the platform answers where a test can, as the simulator's documentation says. */
  public void behaviour(String json) {
    expectSuccess(send("POST", "/_simulator/behaviour", json));
  }

  /** Gives the API key the rights of an admin, or removes them. */
  public void keyRole(String role) {
    send("POST", "/_simulator/key-role", "{\"role\": \"" + role + "\"}");
  }

  /** Limits how many objects of a resource the plan allows. */
  public void planLimit(String resource, int limit) {
    send("POST", "/_simulator/plan-limits", "{\"" + resource + "\": " + limit + "}");
  }

  /** The number of requests that faults hold now. */
  public int held() {
    return inFaults("holding");
  }

  /** The number of requests that faults have matched, also those that they let pass. */
  public int matched() {
    return inFaults("matched");
  }

  private int inFaults(String count) {
    int sum = 0;
    for (JsonNode fault : json(get("/_simulator/faults")).path("faults")) {
      sum += fault.path(count).intValue();
    }
    return sum;
  }

  /** Removes all faults. */
  public void clearFaults() {
    send("DELETE", "/_simulator/faults", null);
  }

  /** The host and port that agents outside of the simulator connect to. */
  public String agents() {
    String address = json(get("/_simulator/edge")).path("agents").asText();
    return "localhost" + address.substring(address.lastIndexOf(':'));
  }

  /** Says who plays the sites from now on: {@link #connectAgent(String)} connects such agents. */
  public void play(AgentKind kind) {
    realAgents.ifPresent(RealAgents::close);
    realAgents = kind == AgentKind.REAL ? Optional.of(RealAgents.start(this)) : Optional.empty();
  }

  /** The process of the agents outside of the simulator, after {@link #play}. */
  public RealAgents realAgents() {
    return realAgents.orElseThrow();
  }

  /**
   * Connects an agent with this configuration file. The answer has its ids and the results of its
   * endpoints, or the code with which it was refused.
   */
  public JsonNode connectAgent(String ngrokYml) {
    return realAgents.isPresent() ? connectRealAgent(ngrokYml) : connectSimulated(ngrokYml);
  }

  private JsonNode connectRealAgent(String ngrokYml) {
    connected++;
    String name = "site" + connected;
    RealAgents agents = realAgents();
    agents.run(name, ngrokYml);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> agents.count(name, "started") + agents.codes(name).size() > 0);
    Optional<JsonNode> refused = agents.first(name, "disconnected");
    if (refused.isPresent()) {
      agents.end(name);
      return JSON.createObjectNode().put("error_code", refused.get().path("code").asText());
    }
    String session = agents.awaitEvent(name, "started").path("session").asText();
    JsonNode view = agent("session_id", session);
    names.put(view.path("id").asText(), name);
    return view;
  }

  /** The connected agent that has this value in a field. */
  public JsonNode agent(String field, String value) {
    for (JsonNode agent : json(get("/_simulator/agents")).path("agents")) {
      if (agent.path(field).asText().equals(value)) {
        return agent;
      }
    }
    throw new IllegalStateException("no agent is connected with " + field + " " + value);
  }

  /** Connects an agent within the simulator. */
  public JsonNode connectSimulated(String ngrokYml) {
    return json(send("POST", "/_simulator/agents", ngrokYml).body());
  }

  /** Connects an agent of another version, such as {@code 3.20.0}. */
  public JsonNode connectAgent(String ngrokYml, String version) {
    return json(send("POST", "/_simulator/agents?version=" + version, ngrokYml).body());
  }

  /** Calls the local API of an agent from its machine, with the path of that API. */
  public HttpResponse<String> callAgent(JsonNode agent, String method, String path, String body) {
    URI api = URI.create("http://127.0.0.1:" + agent.path("api_port").intValue());
    HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return send(request, method, body);
  }

  /** The names of an agent's online endpoints, from its local API. */
  public List<String> agentEndpoints(JsonNode agent) {
    return json(callAgent(agent, "GET", "/api/tunnels", null).body()).findValuesAsText("name");
  }

  /** The ids of the credentials that agents are connected with now. */
  public List<String> credentialsInUse() {
    List<String> ids = new ArrayList<>();
    all("tunnel_sessions").forEach(row -> ids.add(row.path("credential").path("id").asText()));
    return ids;
  }

  /** Sets the error that prevents a domain's certificate; null for none. */
  public void dns(String domain, String error) {
    String body = error == null ? "{\"error\":null}" : "{\"error\":\"" + error + "\"}";
    send("POST", "/_simulator/domains/" + domain.replace("*", "%2A") + "/dns", body);
  }

  /** Sets the only loopback address that represents a host of an agent's site. */
  public void upstream(JsonNode agent, String host, InetSocketAddress loopback) {
    upstreams(agent, Map.of(host, loopback));
  }

  /** The same for several hosts. */
  public void upstreams(JsonNode agent, Map<String, InetSocketAddress> loopback) {
    String name = names.get(agent.path("id").asText());
    if (name != null) {
      loopback.forEach((host, address) -> realAgents().upstream(name, host, address));
      return;
    }
    ObjectNode body = JSON.createObjectNode();
    loopback.forEach((host, address) -> body.put(host, "127.0.0.1:" + address.getPort()));
    String path = "/_simulator/agents/" + agent.path("id").asText() + "/upstreams";
    expectSuccess(send("PUT", path, body.toString()));
  }

  /** The address to which a client from an address connects for a public endpoint. */
  public InetSocketAddress edge(String url, String from) {
    for (JsonNode endpoint : json(get("/_simulator/edge?from=" + from)).path("endpoints")) {
      if (endpoint.path("url").asText().equals(url)) {
        String address = endpoint.path("address").asText();
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
      }
    }
    throw new IllegalStateException(url + " is not online");
  }

  /** The address at which a private dial reaches an internal endpoint, past every public one. */
  public InetSocketAddress dial(String url) {
    HttpResponse<String> answer = send("POST", "/_simulator/dial", "{\"url\":\"" + url + "\"}");
    String address = json(answer.body()).path("address").asText();
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  /** The address of the edge for the operator. */
  public EdgeAddress edge() {
    String https = json(get("/_simulator/edge")).path("https").asText();
    int colon = https.lastIndexOf(':');
    return new EdgeAddress(
        new InetSocketAddress(
            https.substring(0, colon), Integer.parseInt(https.substring(colon + 1))),
        Optional.of(edgeAuthority()));
  }

  /** The requests that change something, including those of agents, oldest first. */
  public List<String> writesInOrder() {
    List<String> writes = new ArrayList<>();
    json(get("/_simulator/requests?detail=true"))
        .path("requests")
        .forEach(
            request -> {
              String method = request.path("method").asText();
              if (!method.equals("GET")) {
                writes.add(method + " " + request.path("path").asText());
              }
            });
    return writes;
  }

  /** The authority of the edge's certificates: PEM. */
  public String edgeAuthority() {
    return json(get("/_simulator/edge")).path("certificate_authority").asText();
  }

  /** The log of the edge, oldest first. */
  public List<JsonNode> traffic() {
    JsonNode entries = json(get("/_simulator/traffic")).path("traffic");
    return StreamSupport.stream(entries.spliterator(), false).toList();
  }

  /** Ends the connection of an agent. One outside of the simulator comes back by itself. */
  public void cutAgent(String id) {
    expectSuccess(send("DELETE", "/_simulator/agents/" + id, null));
  }

  /** Sets how long the URLs of a crashed agent are held. */
  public void holdCrashed(String duration) {
    expectSuccess(send("PUT", "/_simulator/agent-crashes", "{\"hold\": \"" + duration + "\"}"));
  }

  /** Ends an agent. */
  public void disconnectAgent(String id) {
    if (names.containsKey(id)) {
      realAgents().end(names.get(id));
      return;
    }
    send("DELETE", "/_simulator/agents/" + id, null);
  }

  /** Calls the API as another user of the account. */
  public JsonNode call(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url().resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Ngrok-Version", "2");
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> answer = send(request, method, body);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + answer.body());
    }
    return answer.body().isEmpty() ? JSON.createObjectNode() : json(answer.body());
  }

  /** The URLs, names or hosts of all objects of a resource. */
  public List<String> names(String resource, String field) {
    List<String> names = new ArrayList<>();
    all(resource).forEach(row -> names.add(row.path(field).asText()));
    names.sort(null);
    return names;
  }

  @Override
  public void close() {
    realAgents.ifPresent(RealAgents::close);
    simulator.close();
  }

  private static void expectSuccess(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("refused: " + answer.body());
    }
  }

  private String get(String path) {
    return send("GET", path, null).body();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    String own =
        account == null ? path : path + (path.contains("?") ? "&" : "?") + "account=" + account;
    return send(HttpRequest.newBuilder(url().resolve(own)), method, body);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String method, String body) {
    try {
      return http.send(
          request
              .method(
                  method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
