package dev.clinicnet.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a scenario may cost: {@code bench/bounds.yaml}. */
record Bounds(Map<String, List<Bound>> scenarios) {
  /** The file. */
  static final Path FILE = Path.of("bench/bounds.yaml");

  /**
   * The most that a figure may be.
   *
   * @param figure the group and the name of the figure, such as {@code counts: list pages}
   * @param limit whether the bound counts with the platform's limit or without; null for both
   * @param clinics the number of Clinics for which the bound counts; null for any
   * @param factor the speed of the account's time for which the bound counts; null for any
   * @param met whether the operator keeps it; a bound that is not met is only reported
   */
  record Bound(
      String figure, double atMost, String limit, Integer clinics, Integer factor, boolean met) {
    /** The figure; infinite if it is missing. A kind of request that is missing was not sent. */
    private double of(Figures figures) {
      String[] parts = figure.split(": ", 2);
      double missing = parts[0].startsWith("requests to ") ? 0 : Double.POSITIVE_INFINITY;
      return Optional.ofNullable(figures.get(parts[0], parts[1])).orElse(missing);
    }
  }

  /**
   * A figure beside its bound.
   *
   * @param value the figure; infinite if it was not measured
   */
  record Judgement(Bound bound, double value) {
    /** Whether the figure is within its bound. */
    boolean holds() {
      return value <= bound.atMost();
    }

    /** Whether this is a regression. */
    boolean fails() {
      return bound.met() && !holds();
    }

    @Override
    public String toString() {
      String verdict =
          holds() ? (bound.met() ? "ok" : "ok now") : bound.met() ? "FAILS" : "not met";
      return "%-66s %12s %12s  %s"
          .formatted(bound.figure(), Figures.text(value), Figures.text(bound.atMost()), verdict);
    }
  }

  /** Reads the file. */
  static Bounds read() {
    try {
      return parse(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Bounds parse(String yaml) throws IOException {
    return new Bounds(
        new ObjectMapper(new YAMLFactory())
            .readValue(yaml, new TypeReference<Map<String, List<Bound>>>() {}));
  }

  /** Compares what was measured with the bounds of a scenario. */
  List<Judgement> judge(
      String scenario, boolean limited, int clinics, int factor, Figures figures) {
    List<Judgement> judgements = new ArrayList<>();
    for (Bound bound : scenarios.getOrDefault(scenario, List.of())) {
      boolean counts = bound.limit() == null || bound.limit().equals(limited ? "real" : "none");
      boolean fits =
          (bound.clinics() == null || bound.clinics() == clinics)
              && (bound.factor() == null || bound.factor() == factor);
      if (counts && fits) {
        judgements.add(new Judgement(bound, bound.of(figures)));
      }
    }
    return judgements;
  }
}
