package dev.clinicnet.operator.simulator.traffic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What expressions read of header fields. */
final class HeaderFacts {
  private HeaderFacts() {}

  /** The values by lower-case name (documented). */
  static Map<String, List<String>> map(Headers headers) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    headers.names().forEach(name -> map.put(name.toLowerCase(Locale.ROOT), headers.all(name)));
    return map;
  }
}
