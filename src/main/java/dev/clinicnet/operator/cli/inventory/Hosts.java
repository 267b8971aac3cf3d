package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.claim.DomainNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Rows by host, where a host may be a wildcard. */
final class Hosts<T> {
  private final Map<String, List<T>> exact = new HashMap<>();
  private final Map<String, List<T>> below = new HashMap<>();

  /** The host of a URL, without scheme, port and path; empty for null. */
  static String of(String url) {
    return url == null
        ? ""
        : url.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", "");
  }

  void add(String host, T row) {
    exact.computeIfAbsent(host, name -> new ArrayList<>()).add(row);
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      below.computeIfAbsent(host.substring(dot + 1), name -> new ArrayList<>()).add(row);
    }
  }

  /** The rows at exactly this host. */
  Collection<T> at(String host) {
    return exact.getOrDefault(host, List.of());
  }

  /** The rows at this name; for a wildcard, also those at any depth below it. */
  Collection<T> under(String name) {
    return DomainNames.isWildcard(name)
        ? below.getOrDefault(DomainNames.base(name), List.of())
        : at(name);
  }

  /** The rows at this host, or at a wildcard that covers it. */
  Collection<T> covering(String host) {
    Set<T> found = new LinkedHashSet<>(at(host));
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      found.addAll(at("*" + host.substring(dot)));
    }
    return found;
  }
}
