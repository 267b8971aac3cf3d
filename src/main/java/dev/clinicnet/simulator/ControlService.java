package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The simulator's own endpoints under {@code /_simulator}. They need no key, have no limit, and are
 * not counted.
 */
final class ControlService {
  static final String PREFIX = "/_simulator/";

  private final Platform platform;
  private final Account account;
  private final ApiService api;
  private final Faults faults;
  private final RequestLog log;
  private final TrafficControl traffic;
  private final AgentControl agents;

  ControlService(
      Platform platform,
      Account account,
      ApiService api,
      Faults faults,
      RequestLog log,
      TrafficControl traffic) {
    this.platform = platform;
    this.account = account;
    this.api = api;
    this.faults = faults;
    this.log = log;
    this.traffic = traffic;
    this.agents = new AgentControl(platform);
  }

  ApiResponse answer(IncomingRequest request) {
    try {
      String path = request.path().substring(PREFIX.length());
      List<String> parts = List.of(path.split("/", -1));
      return switch (parts.get(0)) {
        case "requests" -> requests(request, parts);
        case "state" -> state(request, parts);
        case "faults" -> faults(request, parts);
        case "agents" -> agents.agents(request, parts);
        case "agent-crashes" -> alone(parts, request, agents::crashes);
        case "domains" -> dns(request, parts);
        case "key-role" -> keyRole(request, parts);
        case "access-tokens" -> accessTokens(request, parts);
        case "behaviour" -> behaviour(request, parts);
        case "edge" -> alone(parts, request, traffic::edge);
        case "dial" -> alone(parts, request, traffic::dial);
        case "traffic" -> alone(parts, request, traffic::traffic);
        case "key-sets" -> alone(parts, request, traffic::keySets);
        case "logins" -> alone(parts, request, traffic::logins);
        case "plan-limits" -> planLimits(request, parts);
        case "account" -> accountState(request, parts);
        default -> ApiResponse.unrouted(request.path());
      };
    } catch (ApiException e) {
      return refusal(e.status(), e.errorCode(), e.getMessage());
    } catch (IllegalArgumentException e) {
      return refusal(400, null, e.getMessage());
    }
  }

  private ApiResponse requests(IncomingRequest request, List<String> parts) {
    if (parts.size() == 1 && request.method().equals("GET")) {
      boolean detail = Query.parse(request.query()).containsKey("detail");
      return ApiResponse.ok(detail ? log.detail() : log.counts());
    }
    if (parts.size() == 1 && request.method().equals("DELETE")) {
      log.reset();
      return ApiResponse.noContent();
    }
    return ApiResponse.unrouted(request.path());
  }

  private ApiResponse state(IncomingRequest request, List<String> parts) {
    if (parts.size() != 1) {
      return ApiResponse.unrouted(request.path());
    }
    synchronized (platform) {
      platform.advance();
      if (request.method().equals("GET")) {
        return ApiResponse.ok(platform.state(request.base()));
      }
      if (request.method().equals("DELETE")) {
        platform.reset();
        forget();
        return ApiResponse.noContent();
      }
      if (request.method().equals("PUT")) {
        if (request.tooLarge()) {
          throw new IllegalArgumentException("the state is larger than 1 MiB");
        }
        platform.restore(request.object());
        forget();
        return ApiResponse.noContent();
      }
    }
    return ApiResponse.unrouted(request.path());
  }

  private void forget() {
    traffic.reset();
    faults.clear();
    log.reset();
    api.window().reset();
  }

  private ApiResponse faults(IncomingRequest request, List<String> parts) {
    return switch (request.method() + " " + parts.size()) {
      case "GET 1" -> ApiResponse.ok(faults.view());
      case "POST 1" -> ApiResponse.created(faults.add(Fault.read(request.object())));
      case "DELETE 1" -> {
        faults.clear();
        yield ApiResponse.noContent();
      }
      case "DELETE 2" -> known(faults.remove(parts.get(1)));
      case "POST 3" ->
          parts.get(2).equals("release")
              ? known(faults.release(parts.get(1)))
              : ApiResponse.unrouted(request.path());
      default -> ApiResponse.unrouted(request.path());
    };
  }

  private ApiResponse dns(IncomingRequest request, List<String> parts) {
    if (parts.size() != 3 || !parts.get(2).equals("dns") || !request.method().equals("POST")) {
      return ApiResponse.unrouted(request.path());
    }
    ObjectNode body = BodySpec.strings("error", "msg").read(request.object());
    String error = body.path("error").asText("");
    String domain = DomainName.normalise(parts.get(1).replace("%2A", "*").replace("%2a", "*"));
    synchronized (platform) {
      platform.advance();
      DnsError problem =
          error.isEmpty()
              ? null
              : new DnsError(error, body.path("msg").asText("DNS records are not correct."));
      platform.domains().certificates().dns(domain, problem, platform.domains().table);
      platform.advance();
    }
    return ApiResponse.noContent();
  }

  private ApiResponse keyRole(IncomingRequest request, List<String> parts) {
    if (parts.size() != 1 || !request.method().equals("POST")) {
      return ApiResponse.unrouted(request.path());
    }
    String role = BodySpec.strings("role").read(request.object()).path("role").asText("");
    if (!role.equals("admin") && !role.equals("developer")) {
      throw new IllegalArgumentException("'role' must be \"admin\" or \"developer\"");
    }
    synchronized (platform) {
      account.keyIsAdmin(role.equals("admin"));
    }
    return ApiResponse.noContent();
  }

  private ApiResponse behaviour(IncomingRequest request, List<String> parts) {
    if (parts.size() != 1 || !request.method().equals("POST")) {
      return ApiResponse.unrouted(request.path());
    }
    synchronized (platform) {
      account.behaviour().change(request.object());
    }
    return ApiResponse.noContent();
  }

  /** Creates an access token without one: with it, a test can begin. */
  private ApiResponse accessTokens(IncomingRequest request, List<String> parts) {
    if (parts.size() != 1 || !request.method().equals("POST")) {
      return ApiResponse.unrouted(request.path());
    }
    synchronized (platform) {
      return ApiResponse.created(platform.createToken(request.object(), request.base()));
    }
  }

  private ApiResponse planLimits(IncomingRequest request, List<String> parts) {
    if (parts.size() != 1 || !request.method().equals("POST")) {
      return ApiResponse.unrouted(request.path());
    }
    synchronized (platform) {
      for (Map.Entry<String, JsonNode> entry : request.object().properties()) {
        if (!Platform.LIMITS.containsKey(entry.getKey()) || !entry.getValue().isInt()) {
          throw new IllegalArgumentException(
              "'"
                  + entry.getKey()
                  + "' must be a whole number for one of "
                  + new TreeSet<>(Platform.LIMITS.keySet()));
        }
        account.planLimit(entry.getKey(), entry.getValue().intValue());
      }
    }
    return ApiResponse.noContent();
  }

  private ApiResponse accountState(IncomingRequest request, List<String> parts) {
    if (parts.size() != 1 || !request.method().equals("POST")) {
      return ApiResponse.unrouted(request.path());
    }
    synchronized (platform) {
      account.state(account.state().with(request.object()));
    }
    return ApiResponse.noContent();
  }

  private static ApiResponse alone(
      List<String> parts, IncomingRequest request, Function<IncomingRequest, ApiResponse> control) {
    return parts.size() == 1 ? control.apply(request) : ApiResponse.unrouted(request.path());
  }

  static ApiResponse known(boolean found) {
    return found ? ApiResponse.noContent() : refusal(404, null, "no such id");
  }

  private static ApiResponse refusal(int status, String code, String msg) {
    ObjectNode body = Json.object();
    if (code != null) {
      body.put("error_code", code);
    }
    body.put("status_code", status).put("msg", msg);
    return new ApiResponse(status, body, null);
  }
}
