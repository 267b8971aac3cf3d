package dev.clinicnet.operator.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which paths are admitted, matched by element: {@code /api} is {@code /api} and {@code /api/…},
 * not {@code /apiadmin}. {@code paths} have no slash at the end; when there are none, or the root
 * is among them, every path is admitted and nothing is checked.
 *
 * <p>ngrok matches the normalised path, but passes on to the upstream what the client sent. So a
 * path that the two might read differently is denied by its raw form.
 */
record PathRestriction(List<String> paths) {

  /**
   * Matches a second slash at the start (many upstreams read {@code //api/x} as {@code /x} at a
   * host named api), parent directories, backslashes, and the encoded forms of dot, slash and
   * backslash, also when they are encoded several times. Two dots inside a name are denied too,
   * because upstreams differ in what they read as a parent directory (for example {@code ..;}).
   */
  private static final String AMBIGUOUS = "(?i)^//|\\.\\.|\\\\|%(25)*(2e|2f|5c)";

  /**
   * Matches what needs no encoding in a path (RFC 3986), so that both forms of the path are the
   * same.
   */
  private static final Pattern PLAIN = Pattern.compile("/|(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)+/?");

  private static final Pattern LISTED =
      Pattern.compile("req\\.url\\.path == '((?:[^'\\\\]|\\\\.)*)'");

  PathRestriction {
    paths = paths.stream().distinct().toList();
  }

  static PathRestriction of(List<String> paths) {
    List<String> elements = paths.stream().map(PathRestriction::read).toList();
    return new PathRestriction(elements.contains("") ? List.of() : elements);
  }

  /** The paths that an expression of {@link #notListed} has; empty for any other expression. */
  static Optional<PathRestriction> listedIn(String expression) {
    List<String> found =
        LISTED
            .matcher(expression)
            .results()
            .map(match -> match.group(1).replaceAll("\\\\(.)", "$1"))
            .toList();
    return Optional.of(new PathRestriction(found))
        .filter(listed -> !listed.admitsEverything() && listed.notListed().equals(expression));
  }

  boolean admitsEverything() {
    return paths.isEmpty();
  }

  /** Whether this admits every path that another restriction admits. */
  boolean admitsAllOf(PathRestriction other) {
    return admitsEverything()
        || (!other.admitsEverything()
            && other.paths.stream()
                .allMatch(
                    path ->
                        paths.stream()
                            .anyMatch(one -> path.equals(one) || path.startsWith(one + "/"))));
  }

  /** An expression that is true for a raw path that the upstream may read as another path. */
  static String ambiguous() {
    return "req.url.raw_path.matches(" + Cel.quote(AMBIGUOUS) + ")";
  }

  /** An expression that is true for the admitted paths. */
  String listed() {
    return paths.stream().map(PathRestriction::under).collect(Collectors.joining(" || "));
  }

  /** An expression that is true for every other path. */
  String notListed() {
    return "!(" + listed() + ")";
  }

  static String under(String path) {
    return "req.url.path == %s || req.url.path.startsWith(%s)"
        .formatted(Cel.quote(path), Cel.quote(path + "/"));
  }

  /** The path without the slash at the end. The root has no elements. */
  private static String read(String path) {
    Cel.refuseInterpolation(path);
    if (!PLAIN.matcher(path).matches()
        || Pattern.compile(AMBIGUOUS).matcher(path).find()
        || List.of(path.split("/")).contains(".")) {
      throw new IllegalArgumentException(
          "paths: \"%s\" is not a plain path; write it as /api or /api/v1, without encoded characters,"
                  .formatted(path)
              + " \"..\", \"?\" or \"#\"");
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
