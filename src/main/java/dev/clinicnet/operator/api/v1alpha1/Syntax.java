package dev.clinicnet.operator.api.v1alpha1;

/**
 * Regular expressions (RE2, unanchored) that several schema rules share. They stand in raw CEL
 * strings, so none may hold a single quote.
 */
final class Syntax {

  /** A DNS label, lower case. */
  static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  /** The name of a ConfigMap or Secret. */
  static final String OBJECT_NAME = LABEL + "(\\." + LABEL + ")*";

  /** A public host: two labels or more, the last not a number, so that no IP address passes. */
  static final String HOST = "(" + LABEL + "\\.)+[a-z]([-a-z0-9]{0,61}[a-z0-9])?";

  /** 1 to 65535. */
  static final String PORT =
      "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

  /** What the site's network calls a machine: a name, an IPv4 address, a bracketed IPv6 address. */
  static final String MACHINE = "([a-zA-Z0-9_]([-a-zA-Z0-9_.]*[a-zA-Z0-9_])?|\\[[0-9a-fA-F:.]+\\])";

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  static final String CIDR4 = "(" + OCTET + "\\.){3}" + OCTET + "/(3[0-2]|[12]?[0-9])";

  private static final String HEX = "[0-9a-fA-F]{1,4}";

  static final String CIDR6 =
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
          + ")/(12[0-8]|1[01][0-9]|[1-9]?[0-9])";

  private Syntax() {}
}
