package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code req.*}. Three are documented as absent if the client has not sent them. The others are
 * empty then.
 */
final class RequestVariables {
  private static final CelType LISTS =
      MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING));

  private static final CelType COOKIES =
      MapType.create(SimpleType.STRING, ListType.create(SimpleType.DYN));

  private RequestVariables() {}

  static Map<String, Variable> all() {
    Map<String, Variable> all = new HashMap<>();
    add(all, "method", SimpleType.STRING, HTTPRequest::method);
    add(all, "host", SimpleType.STRING, HTTPRequest::host);
    add(all, "url", SimpleType.STRING, request -> RequestURL.of(request).text());
    add(all, "url.scheme", SimpleType.STRING, HTTPRequest::scheme);
    add(all, "url.host", SimpleType.STRING, HTTPRequest::host);
    add(all, "url.authority", SimpleType.STRING, HTTPRequest::host);
    add(all, "url.path", SimpleType.STRING, request -> RequestURL.of(request).path());
    add(all, "url.raw_path", SimpleType.STRING, request -> RequestURL.of(request).rawPath());
    add(all, "url.raw", SimpleType.STRING, request -> RequestURL.of(request).raw());
    add(all, "url.uri", SimpleType.STRING, request -> RequestURL.of(request).uri());
    add(all, "url.query", SimpleType.STRING, request -> RequestURL.of(request).query());
    add(all, "url.query_params", LISTS, request -> RequestURL.of(request).parameters());
    add(
        all,
        "location",
        SimpleType.STRING,
        request -> request.headers().first("location").orElse(""));
    add(
        all,
        "user_agent",
        SimpleType.STRING,
        request -> request.headers().first("user-agent").orElse(""));
    add(all, "cookies", COOKIES, RequestVariables::cookies);
    HeaderFacts.variables()
        .forEach(
            (name, fact) -> add(all, name, fact.type(), request -> fact.of(request.headers())));
    return all;
  }

  private static Object cookies(HTTPRequest request) {
    Map<String, List<Map<String, String>>> cookies = new HashMap<>();
    Cookies.of(request)
        .forEach(
            (name, values) ->
                cookies.put(
                    name,
                    values.stream().map(value -> Map.of("name", name, "value", value)).toList()));
    return cookies;
  }

  private static void add(
      Map<String, Variable> all, String name, CelType type, Function<HTTPRequest, Object> value) {
    all.put("req." + name, new Variable(type, run -> run.request().map(value).orElse(null)));
  }
}
