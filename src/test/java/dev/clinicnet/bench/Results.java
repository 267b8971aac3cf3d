package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Shows what a scenario has measured, and stores it as JSON. */
final class Results {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final BenchOptions options;
  private final Map<String, String> machine;
  private final Bounds bounds = Bounds.read();

  Results(BenchOptions options) {
    this.options = options;
    this.machine = Machine.describe(options.java());
  }

  /**
   * Shows and stores the figures of a scenario.
   *
   * @param command the command by which the operator ran
   * @return whether no bound fails that was met before
   */
  boolean add(String scenario, Figures figures, List<String> command) {
    List<Bounds.Judgement> judgements =
        bounds.judge(scenario, options.limited(), options.clinics(), options.factor(), figures);
    System.out.printf(
        "== %s: %d Clinics, limit %s, account's time x %d%n%s",
        scenario, options.clinics(), limit(), options.factor(), figures.table());
    System.out.printf("%-66s %12s %12s%n", "bounds", "measured", "at most");
    judgements.forEach(System.out::println);
    System.out.println(store(scenario, figures, judgements, command) + System.lineSeparator());
    return judgements.stream().noneMatch(Bounds.Judgement::fails);
  }

  private String limit() {
    return options.limited() ? "real" : "none";
  }

  /**
   * The name of the file of a result.
   *
   * @param limit {@code real} or {@code none}
   */
  static String file(String scenario, int clinics, String limit) {
    return "%s-%d-%s.json".formatted(scenario, clinics, limit);
  }

  private Path store(
      String scenario, Figures figures, List<Bounds.Judgement> judgements, List<String> command) {
    ObjectNode result = JSON.createObjectNode();
    result.put("scenario", scenario).put("clinics", options.clinics()).put("limit", limit());
    result.put("factor", options.factor()).put("latencyMillis", options.latency().toMillis());
    result.set("machine", JSON.valueToTree(machine));
    result.set(
        "jvm", JSON.valueToTree(command.stream().filter(flag -> flag.startsWith("-X")).toList()));
    result.set("figures", JSON.valueToTree(figures.groups()));
    ArrayNode judged = result.putArray("bounds");
    for (Bounds.Judgement judgement : judgements) {
      judged
          .addObject()
          .put("figure", judgement.bound().figure())
          .put("measured", judgement.value())
          .put("atMost", judgement.bound().atMost())
          .put("holds", judgement.holds());
    }
    Path file = Path.of("target/bench", file(scenario, options.clinics(), limit()));
    try {
      Files.writeString(file, JSON.writeValueAsString(result) + "\n");
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
