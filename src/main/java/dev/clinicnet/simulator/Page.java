package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** One page of a list, as documented: newest first, at most 100, a full URL to the next page. */
final class Page {
  private static final int MAX = 100;

  private Page() {}

  static ObjectNode of(
      ApiRequest request, String key, List<Row> rows, Function<Row, ObjectNode> show) {
    int limit = limit(request.query("limit"));
    String before = request.query("before_id");
    ObjectNode page = Json.object();
    ArrayNode items = page.putArray(key);
    String last = null;
    boolean more = false;
    for (Row row : rows) {
      if (before != null && row.id().compareTo(before) >= 0) {
        continue;
      }
      if (items.size() == limit) {
        more = true;
        break;
      }
      items.add(show.apply(row));
      last = row.id();
    }
    String uri = request.base() + request.path();
    page.put("uri", uri);
    page.put("next_page_uri", more ? uri + "?" + nextQuery(request, last, limit) : null);
    return page;
  }

  private static String nextQuery(ApiRequest request, String last, int limit) {
    StringBuilder query = new StringBuilder("before_id=" + last + "&limit=" + limit);
    request
        .query()
        .forEach(
            (name, values) -> {
              if (!name.equals("before_id") && !name.equals("limit")) {
                values.forEach(
                    value ->
                        query
                            .append('&')
                            .append(name)
                            .append('=')
                            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
              }
            });
    return query.toString();
  }

  private static int limit(String text) {
    if (text == null) {
      return MAX;
    }
    int limit;
    try {
      limit = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw SimulatorError.LIMIT_NOT_NUMBER.with(text);
    }
    if (limit < 1 || limit > MAX) {
      throw SimulatorError.LIMIT_RANGE.with(limit);
    }
    return limit;
  }
}
