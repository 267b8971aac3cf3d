package dev.clinicnet.operator.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.clinicnet.operator.reconcile.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The work of the operator in the order of passes. The requests of a pass come from other threads.
 */
final class Trace {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private final List<Object> passes = new ArrayList<>();
  private List<Object> steps = new ArrayList<>();

  /** A document of a file that holds several. */
  static String yaml(Object document) {
    try {
      return YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a pass; one that does nothing leaves no trace. */
  Outcome pass(String object, Supplier<Outcome> pass) {
    Outcome outcome = pass.get();
    List<Object> done = take();
    if (!done.isEmpty() || outcome.finished()) {
      Map<String, Object> traced = new LinkedHashMap<>();
      traced.put("pass", object);
      traced.put("steps", done);
      if (outcome.finished()) {
        traced.put("finished", true);
      }
      passes.add(traced);
    }
    return outcome;
  }

  synchronized void step(String what) {
    steps.add(what);
  }

  synchronized void step(String what, Object details) {
    steps.add(Map.of(what, details));
  }

  /** How many passes did something. */
  int size() {
    return passes.size();
  }

  /** Returns the passes until now, and begins a new trace. */
  List<Object> takePasses() {
    List<Object> taken = List.copyOf(passes);
    passes.clear();
    return taken;
  }

  private synchronized List<Object> take() {
    List<Object> taken = steps;
    steps = new ArrayList<>();
    return taken;
  }
}
