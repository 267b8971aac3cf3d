package dev.clinicnet.operator.api.v1alpha1;

/**
 * Regular expressions (RE2, unanchored) that several schema rules share. They are used in raw CEL
 * strings, so none may have a single quote.
 */
final class Syntax {

  /** A DNS label, lower case. */
  static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  /** Numbers with the units h, m and s. */
  static final String DURATION = "([0-9]+(h|m|s))+";

  /** The same with milliseconds. */
  static final String FINE_DURATION = "([0-9]+(h|m|s|ms))+";

  /**
   * Prevents a rule from reading a number that is too large for {@code duration()}, because the
   * message would be that of a library. Each such number is longer than any bound, and 16 other
   * characters fit.
   */
  static final String READABLE = "!self.matches(r'" + Syntax.TOO_LARGE + "')";

  /** The rule of a duration of at most a year. */
  static final String AT_MOST_A_YEAR =
      "self.matches(r'^"
          + FINE_DURATION
          + "$') && "
          + Syntax.READABLE
          + " && duration(self) <= duration('8760h')";

  /** A duration with such a number. */
  static final String TOO_LARGE =
      "[1-9][0-9]{5,}h|[1-9][0-9]{7,}m([0-9]|$)|[1-9][0-9]{9,}s|[1-9][0-9]{11,}ms";

  /** The name of a ConfigMap or Secret. */
  static final String OBJECT_NAME = LABEL + "(\\." + LABEL + ")*";

  /**
   * A public host: two labels or more. The last label is not a number, so that no IP address
   * passes.
   */
  static final String HOST = "(" + LABEL + "\\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?";

  /**
   * The message of a refused host, as {@code IF_LETTERS + PUNYCODE + ELSE + message + END}. If
   * there are letters outside ASCII, the message is about them. No message may have a double quote.
   */
  static final String IF_LETTERS =
      "self.matches(r'^([a-z]+://)?[^/]*([^\\x00-\\x7f\\P{L}]|\\p{M})') ? \"";

  /** The same for an e-mail address. */
  static final String IF_LETTERS_AFTER_AT =
      "self.matches(r'@.*([^\\x00-\\x7f\\P{L}]|\\p{M})') ? \"";

  static final String PUNYCODE =
      "has letters that DNS does not know: write its host in punycode, for example"
          + " xn--zrich-kva.ch";

  static final String ELSE = "\" : \"";

  static final String END = "\"";

  /** The beginning of a message, which an example completes. */
  static final String HOST_MESSAGE =
      "must be a lower-case host of at least 2 labels, without wildcard, scheme, port or trailing"
          + " dot: write for example ";

  /** 1 to 65535. */
  static final String PORT =
      "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

  /**
   * The name of a machine in the site's network: a name, an IPv4 address or a bracketed IPv6
   * address.
   */
  static final String MACHINE = "([a-zA-Z0-9_]([-a-zA-Z0-9_.]*[a-zA-Z0-9_])?|\\[[0-9a-fA-F:.]+\\])";

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  static final String IPV4 = "(" + OCTET + "\\.){3}" + OCTET;

  static final String CIDR4 = IPV4 + "/(3[0-2]|[12]?[0-9])";

  private static final String HEX = "[0-9a-fA-F]{1,4}";

  static final String IPV6 =
      "("
          + ("(" + HEX + ":){7}" + HEX)
          + ("|(" + HEX + ":){1,7}:")
          + ("|(" + HEX + ":){1,6}:" + HEX)
          + ("|(" + HEX + ":){1,5}(:" + HEX + "){1,2}")
          + ("|(" + HEX + ":){1,4}(:" + HEX + "){1,3}")
          + ("|(" + HEX + ":){1,3}(:" + HEX + "){1,4}")
          + ("|(" + HEX + ":){1,2}(:" + HEX + "){1,5}")
          + ("|" + HEX + ":(:" + HEX + "){1,6}")
          + ("|:((:" + HEX + "){1,7}|:)")
          + ")";

  static final String CIDR6 = IPV6 + "/(12[0-8]|1[01][0-9]|[1-9]?[0-9])";

  private static final String PATTERN_EDGE = "([a-z0-9]|\\{namespace\\})";

  private static final String PATTERN_LABEL = PATTERN_EDGE + "([-a-z0-9]*" + PATTERN_EDGE + ")?";

  /** A rule for a name pattern of a grant. */
  static final String NAME_PATTERN_RULE =
      "self.matches(r'^(\\*\\*|(\\*\\*\\.|([a-z0-9][-a-z0-9]*)?\\*\\.)?"
          + PATTERN_LABEL
          + "(\\."
          + PATTERN_LABEL
          + ")*)$')";

  static final String NAME_PATTERN_MESSAGE =
      "must be a lower-case name pattern without scheme, port or trailing dot. The first label may"
          + " be '*' or '**' or end in '*', and any label may begin or end with '{namespace}', but"
          + " not both in one label: '{namespace}-*' would give one namespace the names of another"
          + " whose name begins alike. Write for example *.{namespace}.api.clinicnet.com";

  static final String NAME_PATTERN_WORDS =
      IF_LETTERS + PUNYCODE + ELSE + NAME_PATTERN_MESSAGE + END;

  /** A rule for a TCP address as ngrok shows it. */
  static final String ADDRESS_RULE = "self.matches(r'^" + HOST + ":" + PORT + "$')";

  static final String ADDRESS_MESSAGE =
      "must be a lower-case host and a port as ngrok shows them, and not a pattern: write for"
          + " example 1.tcp.ngrok.io:20000";

  private Syntax() {}
}
