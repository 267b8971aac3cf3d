package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers requests to the API: routing, access, form, then the operation itself. */
final class ApiService {
  private final Platform platform;
  private final Account account;
  private final List<Route> routes;
  private final ApiKeyCheck keys;
  private final RateWindow window;

  ApiService(Platform platform, Account account) {
    this.platform = platform;
    this.account = account;
    this.routes = platform.routes();
    this.keys = new ApiKeyCheck(account.options().apiKey(), platform::isKey, platform::isAuthtoken);
    this.window = new RateWindow(account.clock(), account.options().rateLimit());
  }

  RateWindow window() {
    return window;
  }

  /** The pattern of the route, or the path itself if there is no route. */
  String pattern(String method, String path) {
    Route route = route(method, path);
    return route == null ? path : route.pattern();
  }

  ApiResponse answer(IncomingRequest request) {
    Route route = route(request.method(), request.path());
    if (route == null) {
      return ApiResponse.unrouted(request.path());
    }
    String operation = account.ids().next("op");
    try {
      String key = keys.check(request.header().apply("Authorization"));
      window.take();
      platform.requireScope(key, request.method(), request.path());
      Caller caller = platform.caller(key);
      caller.require();
      checkVersion(request.header().apply("Ngrok-Version"));
      Map<String, List<String>> query = Query.parse(request.query());
      Query.check(query, route);
      ObjectNode body = body(request, route);
      String id = route.match(request.method(), request.path());
      if (route.idPrefix() != null) {
        Ids.requirePrefix(id, route.idPrefix());
      }
      ApiResponse answer =
          run(route, caller, new ApiRequest(request.path(), id, query, body, request.base()));
      return new ApiResponse(answer.status(), answer.body(), operation);
    } catch (ApiException e) {
      return ApiResponse.error(e.status(), e.errorCode(), e.getMessage(), operation);
    }
  }

  private ApiResponse run(Route route, Caller caller, ApiRequest request) {
    synchronized (platform) {
      account.caller(caller);
      try {
        platform.advance();
        ApiResponse answer = route.handler().apply(request);
        platform.advance();
        return answer;
      } finally {
        account.caller(null);
      }
    }
  }

  private Route route(String method, String path) {
    for (Route route : routes) {
      if (route.match(method, path) != null) {
        return route;
      }
    }
    return null;
  }

  private static void checkVersion(String version) {
    if (version == null || version.isBlank()) {
      throw SimulatorError.VERSION_MISSING.with();
    }
    if (!version.strip().equals("2")) {
      throw SimulatorError.VERSION_UNSUPPORTED.with(version);
    }
  }

  private static ObjectNode body(IncomingRequest request, Route route) {
    String body = request.body();
    if (request.tooLarge()) {
      throw SimulatorError.BODY_TOO_LARGE.with(IncomingRequest.MAX_BODY);
    }
    if (route.body() == null) {
      if (!body.isEmpty()) {
        throw SimulatorError.BODY_UNEXPECTED.with(request.method());
      }
      return Json.object();
    }
    if (body.isEmpty() && route.bodyOptional()) {
      return Json.object();
    }
    String type = request.header().apply("Content-Type");
    if (type == null || type.isBlank()) {
      throw SimulatorError.CONTENT_TYPE_MISSING.with();
    }
    String media = type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals("application/json")) {
      throw SimulatorError.CONTENT_TYPE_UNSUPPORTED.with(type);
    }
    return route.body().read(parse(body));
  }

  private static JsonNode parse(String body) {
    try {
      return Json.parse(body);
    } catch (IOException e) {
      throw SimulatorError.BODY_UNPARSABLE.with("application/json");
    }
  }
}
