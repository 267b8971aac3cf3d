package dev.clinicnet.operator.policy.raw;

import dev.clinicnet.operator.policy.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables and functions that ngrok documents; the files beside this class list them. */
final class CelVocabulary {

  private static final Set<String> TYPES =
      Set.of(
          "bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint");
  private static final Set<String> HTTP_ONLY = Set.of("req");
  private static final Set<String> RESPONSE_ONLY = Set.of("res");

  private static final Set<String> PATHS = new HashSet<>();
  private static final Set<String> OPEN = new HashSet<>();
  private static final Map<String, Set<Phase>> FUNCTIONS = new HashMap<>();

  static {
    for (String line : lines("variables.txt")) {
      String path = line.endsWith("*") ? line.substring(0, line.length() - 1) : line;
      if (line.endsWith("*")) {
        OPEN.add(path);
      }
      for (int dot = path.length(); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
        PATHS.add(path.substring(0, dot));
      }
    }
    for (String line : lines("functions.txt")) {
      String[] words = line.split(" ", -1);
      FUNCTIONS.put(words[0], phases(words));
    }
  }

  private CelVocabulary() {}

  /** Whether anything may follow this path. */
  static boolean isOpen(String path) {
    return OPEN.contains(path);
  }

  static boolean isVariable(String path) {
    return PATHS.contains(path);
  }

  static boolean isType(String name) {
    return TYPES.contains(name) || name.equals("google");
  }

  /** Whether a function is known by {@code name}, {@code namespace.name} or {@code .name}. */
  static boolean isFunction(String name) {
    return FUNCTIONS.containsKey(name);
  }

  static boolean isNamespace(String name) {
    return FUNCTIONS.keySet().stream().anyMatch(function -> function.startsWith(name + "."));
  }

  static Collection<String> variables() {
    return PATHS;
  }

  static Collection<String> functions() {
    return FUNCTIONS.keySet();
  }

  /** The phases in which a known function works. */
  static Set<Phase> phasesOfFunction(String name) {
    return FUNCTIONS.get(name);
  }

  /** The phases in which a known variable has a value. */
  static Set<Phase> phasesOfVariable(String root) {
    if (RESPONSE_ONLY.contains(root)) {
      return Set.of(Phase.ON_HTTP_RESPONSE, Phase.ON_EVENT_STREAM_MESSAGE);
    }
    return HTTP_ONLY.contains(root)
        ? Set.of(Phase.ON_HTTP_REQUEST, Phase.ON_HTTP_RESPONSE, Phase.ON_EVENT_STREAM_MESSAGE)
        : Set.of(Phase.values());
  }

  private static Set<Phase> phases(String[] words) {
    Set<Phase> phases = new HashSet<>();
    for (Phase phase : Phase.values()) {
      boolean after =
          phase == Phase.ON_EVENT_STREAM_MESSAGE
              && List.of(words).contains(Phase.ON_HTTP_RESPONSE.key());
      if (words.length == 1 || after || List.of(words).contains(phase.key())) {
        phases.add(phase);
      }
    }
    return Set.copyOf(phases);
  }

  private static List<String> lines(String file) {
    try (InputStream in = CelVocabulary.class.getResourceAsStream(file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new ArrayList<>(
          reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
