package dev.clinicnet.simulator.traffic;

import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The values of the run that macros read. */
final class ReadMacros {
  private static final Pattern CANONICAL = Pattern.compile("[^a-z-][^A-Z-]*(-[^a-z-][^A-Z-]*)*");

  private ReadMacros() {}

  static List<String> requestHeader(Run run, String name) throws CelEvaluationException {
    requireCanonical(run, name);
    return request(run).headers().all(name);
  }

  static List<String> responseHeader(Run run, String name) throws CelEvaluationException {
    requireCanonical(run, name);
    return run.response()
        .orElseThrow(() -> new CelEvaluationException("there is no response yet"))
        .headers()
        .all(name);
  }

  /** The first cookie of the name in the order of the header (documented). */
  static Map<String, String> cookie(Run run, String name) throws CelEvaluationException {
    if (!hasCookie(run, name)) {
      throw new CelEvaluationException("there is no such cookie");
    }
    return Map.of("name", name, "value", Cookies.of(request(run)).get(name).get(0));
  }

  static boolean hasCookie(Run run, String name) throws CelEvaluationException {
    return Cookies.of(request(run)).containsKey(name);
  }

  static List<String> parameter(Run run, String name) throws CelEvaluationException {
    return RequestURL.of(request(run)).parameters().getOrDefault(name, List.of());
  }

  static boolean hasParameter(Run run, String name) throws CelEvaluationException {
    return RequestURL.of(request(run)).parameters().containsKey(name);
  }

  static boolean isPresent(Run run, String variable) {
    return new RunVariables(run).find(variable).isPresent();
  }

  private static HTTPRequest request(Run run) throws CelEvaluationException {
    return run.request().orElseThrow(() -> new CelEvaluationException("there is no request"));
  }

  /**
   * A name must be canonical (documented), but one in an example of the documentation is not. It is
   * unknown what happens then.
   */
  private static void requireCanonical(Run run, String name) {
    if (!CANONICAL.matcher(name).matches()) {
      throw run.note(new Unmodelled("a header's name that is not canonical: \"" + name + "\""));
    }
  }
}
