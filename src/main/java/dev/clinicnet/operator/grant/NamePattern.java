package dev.clinicnet.operator.grant;

import java.util.regex.Pattern;

/**
 * A pattern of domain names, by labels. {@code docs/grants.md} has a table of what matches.
 *
 * @param text as the administrator wrote it
 */
record NamePattern(String text) {
  private static final String NAMESPACE = "{namespace}";
  private static final String ANY = "*";
  private static final String ALL = "**";
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /**
   * Whether a Clinic may list the domain. A wildcard is admitted by the same wildcard, or by {@code
   * **}.
   */
  boolean admitsDomain(String domain, String namespace) {
    return admits(domain, namespace, false);
  }

  /** Whether the host, which is not a wildcard, may be used. */
  boolean admitsHost(String host, String namespace) {
    return !host.startsWith(ANY) && admits(host, namespace, true);
  }

  private boolean admits(String name, String namespace, boolean anyLabel) {
    if (!isName(name)) {
      return false;
    }
    if (text.equals(ALL)) {
      return true;
    }
    String pattern = text.replace(NAMESPACE, namespace);
    if (pattern.startsWith(ALL + ".")) {
      return name.endsWith(pattern.substring(ALL.length()));
    }
    return rest(name).equals(rest(pattern)) && admitsLabel(first(pattern), first(name), anyLabel);
  }

  private static boolean admitsLabel(String pattern, String label, boolean anyLabel) {
    if (pattern.equals(ANY)) {
      return anyLabel || label.equals(ANY);
    }
    if (!pattern.endsWith(ANY)) {
      return pattern.equals(label);
    }
    String prefix = pattern.substring(0, pattern.length() - 1);
    return label.startsWith(prefix) && label.length() > prefix.length();
  }

  private static boolean isName(String name) {
    if (name.length() > 253) {
      return false;
    }
    String[] labels = name.split("\\.", -1);
    for (int i = 0; i < labels.length; i++) {
      boolean wildcard = i == 0 && labels.length > 1 && labels[i].equals(ANY);
      if (!wildcard && !LABEL.matcher(labels[i]).matches()) {
        return false;
      }
    }
    return true;
  }

  private static String first(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String rest(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }
}
