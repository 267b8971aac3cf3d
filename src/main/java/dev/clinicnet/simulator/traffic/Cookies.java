package dev.clinicnet.simulator.traffic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cookies of a request. */
final class Cookies {
  private Cookies() {}

  /** The values by name, in the order of the {@code Cookie} header. */
  static Map<String, List<String>> of(HTTPRequest request) {
    Map<String, List<String>> cookies = new LinkedHashMap<>();
    for (String header : request.headers().all("cookie")) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          cookies
              .computeIfAbsent(pair.substring(0, equals).strip(), name -> new ArrayList<>())
              .add(pair.substring(equals + 1).strip());
        }
      }
    }
    return cookies;
  }
}
