package dev.clinicnet.simulator;

import java.util.Set;
import java.util.function.Function;

/**
 * One operation of the API.
 *
 * @param pattern the path, in which {@code {id}} stands for one segment
 * @param idPrefix the prefix that the id must have, null if there is no id
 * @param query the query parameters that it knows
 * @param repeatable those of them that may be repeated
 * @param body the fields of its body, null if it takes none
 * @param bodyOptional whether an empty body counts as {@code {}}
 */
record Route(
    String method,
    String pattern,
    String idPrefix,
    Set<String> query,
    Set<String> repeatable,
    BodySpec body,
    boolean bodyOptional,
    Function<ApiRequest, ApiResponse> handler) {

  static Route of(String method, String pattern, Function<ApiRequest, ApiResponse> handler) {
    return new Route(method, pattern, null, Set.of(), Set.of(), null, false, handler);
  }

  Route withId(String prefix) {
    return new Route(method, pattern, prefix, query, repeatable, body, bodyOptional, handler);
  }

  Route withQuery(Set<String> names, Set<String> repeated) {
    return new Route(method, pattern, idPrefix, names, repeated, body, bodyOptional, handler);
  }

  Route withBody(BodySpec spec) {
    return new Route(method, pattern, idPrefix, query, repeatable, spec, false, handler);
  }

  Route withOptionalBody(BodySpec spec) {
    return new Route(method, pattern, idPrefix, query, repeatable, spec, true, handler);
  }

  /** The id in the path, an empty string if the route has none, null if it does not match. */
  String match(String requestMethod, String path) {
    if (!method.equals(requestMethod)) {
      return null;
    }
    String[] want = pattern.split("/", -1);
    String[] have = path.split("/", -1);
    if (want.length != have.length) {
      return null;
    }
    String id = "";
    for (int i = 0; i < want.length; i++) {
      if (want[i].equals("{id}")) {
        id = have[i];
        if (id.isEmpty()) {
          return null;
        }
      } else if (!want[i].equals(have[i])) {
        return null;
      }
    }
    return id;
  }
}
