package dev.clinicnet.operator.manifest;

/** Paths of fields, as the API server prints them; empty is the root. */
final class Paths {
  private Paths() {}

  /** A field. */
  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A key of a map, as most of the API server prints it. */
  static String key(String path, String key) {
    return path + "[" + key + "]";
  }

  /** An item of a list. */
  static String index(String path, int index) {
    return path + "[" + index + "]";
  }
}
