package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * One authorised request whose body and query were checked.
 *
 * @param path the path without query
 * @param id the id in the path, null if the route has none
 * @param query the query parameters
 * @param body the body, empty if there is none
 * @param base the URL that the request came to, without a path
 */
record ApiRequest(
    String path, String id, Map<String, List<String>> query, ObjectNode body, String base) {

  /** The body of a change. If it repeats the id, it must be the one in the path. */
  ObjectNode bodyWithoutId() {
    ObjectNode rest = body.deepCopy();
    String repeated = rest.path("id").asText("");
    if (!repeated.isEmpty() && !repeated.equals(id)) {
      throw SimulatorError.FIELD_INVALID.with("id");
    }
    rest.remove("id");
    return rest;
  }

  /** The first value of a query parameter, or null. */
  String query(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.get(0);
  }
}
