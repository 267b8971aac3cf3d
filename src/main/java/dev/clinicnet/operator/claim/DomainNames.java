package dev.clinicnet.operator.claim;

import java.util.ArrayList;
import java.util.List;

/** Relations between domain names. All names are lower-case and have no trailing dot. */
public final class DomainNames {
  private static final String WILDCARD = "*.";

  private DomainNames() {}

  /** Whether a name is a wildcard, which has {@code *} as its first label. */
  public static boolean isWildcard(String domain) {
    return domain.startsWith(WILDCARD);
  }

  /** The name without its wildcard label. */
  public static String base(String domain) {
    return isWildcard(domain) ? domain.substring(WILDCARD.length()) : domain;
  }

  /**
   * Whether a host is the domain itself, or exactly one label below a wildcard. A deeper name would
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
   * Whether a token that may bind one reserved name may also bind a name of the other. A wildcard
   * reaches every depth here, because a permission is matched by suffix. It does not reach its own
   * base, which is another name.
   */
  public static boolean overlap(String one, String other) {
    return one.equals(other) || contains(one, other) || contains(other, one);
  }

  /**
   * Whether the first name is a wildcard and the other name, which may be a wildcard too, lies
   * below it.
   */
  public static boolean contains(String wildcard, String other) {
    return isWildcard(wildcard) && isBelow(base(other), base(wildcard));
  }

  /**
   * The name and each of its parents with at least two labels, as keys for an index of nested
   * names.
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
