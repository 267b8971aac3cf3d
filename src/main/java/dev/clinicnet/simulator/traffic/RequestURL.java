package dev.clinicnet.simulator.traffic;

import java.util.List;
import java.util.Map;

/**
 * The URL of a request.
 *
 * @param rawPath as the client sent it
 * @param query without the question mark; empty without one
 */
record RequestURL(String scheme, String host, String rawPath, String query) {

  static RequestURL of(HTTPRequest request) {
    String target = request.target();
    int mark = target.indexOf('?');
    return mark < 0
        ? new RequestURL(request.scheme(), request.host(), target, "")
        : new RequestURL(
            request.scheme(),
            request.host(),
            target.substring(0, mark),
            target.substring(mark + 1));
  }

  /** The normalised path. */
  String path() {
    return NormalPath.of(rawPath);
  }

  /** The whole URL with the normalised path. */
  String text() {
    return scheme + "://" + host + path() + suffix();
  }

  /** The whole URL as the client sent it. */
  String raw() {
    return scheme + "://" + host + rawPath + suffix();
  }

  /** Path and query. */
  String uri() {
    return path() + suffix();
  }

  /** The query's values by name; both decoded. */
  Map<String, List<String>> parameters() {
    return QueryText.parse(query);
  }

  private String suffix() {
    return query.isEmpty() ? "" : "?" + query;
  }
}
