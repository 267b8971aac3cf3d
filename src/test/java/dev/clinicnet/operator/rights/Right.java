package dev.clinicnet.operator.rights;

import java.util.Comparator;
import java.util.regex.Matcher;

/**
 * One right: a verb on a resource.
 *
 * @param role the kind of role that grants it: {@code ClusterRole} or {@code Role}, or the
 *     component that adds it
 * @param group the API group; empty for the core
 * @param resource with its subresource, as {@code clinics/status}
 * @param name the only object that it is for; empty for all
 */
public record Right(String role, String group, String resource, String verb, String name)
    implements Comparable<Right> {
  private static final Comparator<Right> ORDER =
      Comparator.comparing(Right::role)
          .thenComparing(Right::group)
          .thenComparing(Right::resource)
          .thenComparing(Right::name)
          .thenComparing(Right::verb);

  /** Whether this, when it is granted, is what allowed that. */
  boolean covers(Right used) {
    return role.equals(used.role)
        && group.equals(used.group)
        && resource.equals(used.resource)
        && verb.equals(used.verb)
        && (name.isEmpty() || name.equals(used.name));
  }

  /** The right to create the same. */
  Right toCreate() {
    return new Right(role, group, resource, "create", name);
  }

  /** The resource as {@code kubectl} writes it, and the only object if there is one. */
  String object() {
    String full =
        group.isEmpty()
            ? resource
            : resource.replaceFirst("(?=/|$)", Matcher.quoteReplacement("." + group));
    return name.isEmpty() ? full : full + " " + name;
  }

  @Override
  public int compareTo(Right other) {
    return ORDER.compare(this, other);
  }
}
