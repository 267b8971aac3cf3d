package dev.clinicnet.operator.claim;

import java.util.ArrayList;
import java.util.List;

/** How domain names relate. All names are lower-case and without a trailing dot. */
public final class DomainNames {
  private static final String WILDCARD = "*.";

  private DomainNames() {}

  /** Whether a name is a wildcard, {@code *.} as its whole first label. */
  public static boolean isWildcard(String domain) {
    return domain.startsWith(WILDCARD);
  }

  /** The name without its wildcard label. */
  public static String base(String domain) {
    return isWildcard(domain) ? domain.substring(WILDCARD.length()) : domain;
  }

  /**
   * Whether a host is the domain itself, or exactly one label below a wildcard: a deeper name would
   * have no certificate.
   */
  public static boolean covers(String domain, String host) {
    if (!isWildcard(domain)) {
      return domain.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot + 1).equals(base(domain));
  }

  /** Whether {@code name} equals {@code suffix} or lies under it. */
  public static boolean isUnder(String name, String suffix) {
    return name.equals(suffix) || name.endsWith("." + suffix);
  }

  /** Whether one name equals, contains or lies under the other. */
  public static boolean nested(String one, String other) {
    return isUnder(one, other) || isUnder(other, one);
  }

  /** Whether {@code name} lies under {@code suffix}, at any depth. */
  public static boolean isBelow(String name, String suffix) {
    return name.endsWith("." + suffix);
  }

  /**
   * Whether a token that may bind one reserved name may bind something of the other: a wildcard
   * reaches every depth here, since a permission is matched by suffix; but not its own base, which
   * is a name of its own.
   */
  public static boolean overlap(String one, String other) {
    return one.equals(other) || contains(one, other) || contains(other, one);
  }

  /** Whether the first name is a wildcard that the other, a wildcard or not, lies below. */
  public static boolean contains(String wildcard, String other) {
    return isWildcard(wildcard) && isBelow(base(other), base(wildcard));
  }

  /**
   * The name and each of its parents down to two labels: what an index of nested names is kept by.
   */
  public static List<String> suffixes(String name) {
    List<String> suffixes = new ArrayList<>();
    String rest = base(name);
    while (rest.indexOf('.') > 0) {
      suffixes.add(rest);
      rest = rest.substring(rest.indexOf('.') + 1);
    }
    return List.copyOf(suffixes);
  }
}
