package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinicnet.operator.account.Pace;
import dev.clinicnet.operator.ngrok.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tables of {@code docs/scale.md}, from the results that {@code bench/scale} has stored. In the
 * page, each table stands between {@code <!-- table: NAME -->} and {@code <!-- end -->}.
 */
final class ScalePage {
  /** The page. */
  static final Path FILE = Path.of("docs/scale.md");

  /** The results that the page shows. */
  static final Path RESULTS = Path.of("bench/results");

  private static final Pattern TABLE =
      Pattern.compile("(<!-- table: ([a-z ]+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final double MIB = 1 << 20;

  private static final String MEMORY = "memory in MiB";

  /** Smaller fleets have the memory of the process itself, and say nothing of a fleet's. */
  private static final int MEMORY_FROM = 1_000;

  private static final String MAX_RAM = "-XX:MaxRAM=";

  /** Objects on a page of a list. */
  private static final int PAGE = 100;

  /** The pages that sweeps may list in a minute: a quarter of the limit. */
  private static final int PAGES_A_MINUTE = BenchOptions.LIMIT / 4;

  /** A site with an agent has one session, which is listed too. */
  private static final int AGENT_SESSIONS = 1;

  /**
   * Its agent binds an endpoint for each service. No result counts them: the operator makes none.
   */
  private static final int AGENT_ENDPOINTS = Site.SERVICES;

  private final List<JsonNode> results;

  private ScalePage(List<JsonNode> results) {
    this.results = results;
  }

  /** A column: its heading, and the cell of a result. */
  private record Column(String heading, Function<JsonNode, String> cell) {
    static Column figure(String heading, String group, String name) {
      return new Column(heading, result -> number(result, group, name));
    }

    static Column perClinic(String heading, String group, String name) {
      return new Column(
          heading,
          result ->
              value(result, group, name)
                  .map(value -> Figures.text(value / result.path("clinics").asInt()))
                  .orElse(""));
    }
  }

  /** Writes the tables into the page. */
  public static void main(String[] args) throws IOException {
    Files.writeString(FILE, read(RESULTS).into(Files.readString(FILE)));
  }

  /** The results in a directory. */
  static ScalePage read(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<JsonNode> results = new ArrayList<>();
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        results.add(JSON.readTree(file.toFile()));
      }
      results.sort(
          Comparator.<JsonNode>comparingInt(ScalePage::place)
              .thenComparingInt(result -> result.path("clinics").asInt()));
      return new ScalePage(results);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int place(JsonNode result) {
    List<String> names = Scenarios.ALL.stream().map(Scenario::name).toList();
    return names.indexOf(result.path("scenario").asText());
  }

  /** A page with the tables of these results in place of those that it has. */
  String into(String page) {
    Matcher table = TABLE.matcher(page);
    return table.replaceAll(
        found -> Matcher.quoteReplacement(found.group(1) + table(found.group(2)) + found.group(3)));
  }

  /** The names of the tables that a page has. */
  static Set<String> tables(String page) {
    return TABLE
        .matcher(page)
        .results()
        .map(found -> found.group(2))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String table(String name) {
    return switch (name) {
      case "machine" -> machine();
      case "requests" -> requests();
      case "kubernetes" -> kubernetes();
      case "operator" -> operator();
      case "memory" -> memory();
      case "growth" -> growth();
      case "waits" -> waits();
      case "limit" -> limit();
      case "peer" -> peer();
      case "paper" -> paper();
      default -> throw new IllegalArgumentException("no table " + name);
    };
  }

  private String machine() {
    Set<String> lines = new LinkedHashSet<>();
    for (JsonNode result : results) {
      JsonNode machine = result.path("machine");
      lines.add(
          "- %s processors (%s), %s, Linux %s, Java %s%n"
              .formatted(
                  machine.path("processors").asText(),
                  machine.path("processor").asText(),
                  machine.path("memory").asText(),
                  machine.path("kernel").asText(),
                  machine.path("java of the operator").asText()));
      lines.add("- `" + flags(result) + "` with " + clinicsOf(flags(result)) + " Clinics\n");
    }
    return String.join("", lines);
  }

  private static String flags(JsonNode result) {
    List<String> flags = new ArrayList<>();
    result.path("jvm").forEach(flag -> flags.add(flag.asText()));
    return String.join(" ", flags);
  }

  private String clinicsOf(String flags) {
    return results.stream()
        .filter(result -> flags(result).equals(flags))
        .map(result -> "%,d".formatted(result.path("clinics").asInt()))
        .distinct()
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .collect(Collectors.joining(", "));
  }

  private String requests() {
    return rows(
        unlimited(),
        Column.figure("Writes needed", "counts", "writes to ngrok needed"),
        Column.figure("Writes", "counts", "writes to ngrok"),
        Column.figure("List pages due", "counts", "list pages of the sweeps due"),
        Column.figure("List pages", "counts", "list pages"),
        Column.figure("Refused", "counts", "refused for the limit"),
        Column.figure("Other errors", "counts", "answered with another error"));
  }

  private String kubernetes() {
    return rows(
        unlimited(),
        Column.figure("Writes", "counts", "writes to Kubernetes"),
        Column.figure("Writes per object", "counts", "writes to Kubernetes per object"),
        Column.figure("Status patches per Clinic", "counts", "status patches per Clinic"),
        Column.figure("per ClinicService", "counts", "status patches per ClinicService"),
        Column.figure(
            "Bytes of status per Clinic", "counts", "bytes of statuses written per Clinic"),
        Column.figure("Reads of one object", "counts", "reads of one object at the API server"));
  }

  private String operator() {
    return rows(
        unlimited(),
        Column.figure("Seconds", "times", "seconds"),
        Column.figure("Seconds of CPU", "operator", "seconds of CPU"),
        Column.figure("RSS in MiB", "operator", "RSS in MiB"),
        Column.figure("Highest RSS", "operator", "highest RSS in MiB"),
        Column.figure("Live heap in MiB", "operator", "live heap in MiB"));
  }

  private String memory() {
    return rows(
        results.stream()
            .filter(result -> result.path("clinics").asInt() >= MEMORY_FROM)
            .filter(result -> result.path("figures").has(MEMORY)),
        new Column("Platform's limit", result -> result.path("limit").asText()),
        new Column("Container", ScalePage::container),
        Column.figure("Heap", MEMORY, "heap"),
        Column.figure("Heap at most", MEMORY, "heap, at most"),
        Column.figure("Classes", MEMORY, "classes"),
        Column.figure("Compiled code at most", MEMORY, "compiled code, at most"),
        Column.figure("Stacks reserved", MEMORY, "stacks of all threads, reserved"),
        new Column("Sum", ScalePage::mostMemory),
        Column.figure("RSS", "operator", "RSS in MiB"),
        Column.figure("Highest RSS", "operator", "highest RSS in MiB"));
  }

  /** The memory limit of the container, in MiB. */
  private static String container(JsonNode result) {
    return Stream.of(flags(result).split(" "))
        .filter(flag -> flag.startsWith(MAX_RAM))
        .map(flag -> flag.substring(MAX_RAM.length()).replace("m", ""))
        .collect(Collectors.joining());
  }

  private static String mostMemory(JsonNode result) {
    return Figures.text(
        Stream.of(
                "heap, at most",
                "classes",
                "compiled code, at most",
                "stacks of all threads, reserved")
            .mapToDouble(part -> value(result, MEMORY, part).orElseThrow())
            .sum());
  }

  private String growth() {
    return rows(
        unlimited().filter(result -> Set.of("converge", "restart").contains(scenario(result))),
        Column.perClinic("Requests to ngrok per Clinic", "counts", "requests to ngrok"),
        Column.perClinic("Writes to Kubernetes per Clinic", "counts", "writes to Kubernetes"),
        Column.perClinic("Seconds of CPU per Clinic", "operator", "seconds of CPU"),
        Column.figure("Live heap per Clinic in KiB", "operator", "live heap per Clinic in KiB"),
        Column.perClinic("Seconds per Clinic", "times", "seconds"));
  }

  private String waits() {
    return rows(
        unlimited().filter(result -> Set.of("converge", "change-one").contains(scenario(result))),
        Column.figure("Samples", "times", "from apply to Ready, samples"),
        Column.figure("p50 in seconds", "times", "from apply to Ready, p50 in seconds"),
        Column.figure("p95", "times", "from apply to Ready, p95 in seconds"),
        Column.figure("p99", "times", "from apply to Ready, p99 in seconds"));
  }

  private String limit() {
    return rows(
        limited().filter(result -> !scenario(result).equals("cloud-endpoints")),
        new Column("Times faster", result -> result.path("factor").asText()),
        Column.figure("Writes needed", "counts", "writes to ngrok needed"),
        Column.figure("Requests", "counts", "requests to ngrok"),
        Column.figure("Refused", "counts", "refused for the limit"),
        Column.figure("Seconds", "times", "seconds of the account's time"),
        Column.figure("Times of what is needed", "times", "times of that"),
        Column.figure(
            "A user's change, seconds", "times", "a user's change in seconds of the account"),
        Column.figure(
            "Another namespace's Clinic, seconds",
            "times",
            "a new Clinic of another namespace in seconds of the account"));
  }

  private String peer() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ngrok-operator 0.22.0", "1662", "727", "949"));
    limited()
        .filter(result -> scenario(result).equals("cloud-endpoints"))
        .forEach(
            result ->
                rows.add(
                    List.of(
                        "clinic-operator",
                        number(result, "counts", "requests to ngrok"),
                        number(result, "counts", "refused for the limit"),
                        number(result, "times", "seconds of the account's time"))));
    return markdown(List.of("Operator", "Requests", "Refused", "Seconds"), rows);
  }

  /** What the largest fleet needs per Clinic, multiplied. An agent is connected at every site. */
  private String paper() {
    JsonNode largest = largest("converge").orElseThrow();
    double clinics = largest.path("clinics").asInt();
    double writes = value(largest, "counts", "writes to ngrok needed").orElseThrow() / clinics;
    double endpointsOfOne =
        AGENT_ENDPOINTS
            + value(largest, "requests to ngrok", "POST endpoints").orElseThrow() / clinics;
    double stored = value(largest, "counts", "bytes stored in Kubernetes per Clinic").orElseThrow();
    double heap =
        largest("connect-all").flatMap(ScalePage::heap).or(() -> heap(largest)).orElseThrow();
    double patched = value(largest, "counts", "bytes of statuses written per Clinic").orElseThrow();
    List<List<String>> rows = new ArrayList<>();
    for (int sites : List.of(1_000, 5_000, 10_000, 100_000)) {
      // Rounded, because the domain that all share is not one for each account.
      double pages = Math.rint(sites * (writes + AGENT_SESSIONS + AGENT_ENDPOINTS) / PAGE);
      int endpoints = (int) Math.rint(sites * endpointsOfOne);
      rows.add(
          List.of(
              "%,d".formatted(sites),
              Figures.text(round(sites * writes / BenchOptions.LIMIT / 60)),
              "%,.0f".formatted(pages),
              Figures.text(round(pages / PAGES_A_MINUTE)),
              interval(Resource.TUNNEL_SESSIONS, sites * AGENT_SESSIONS),
              interval(Resource.ENDPOINTS, endpoints),
              "%,d".formatted(accounts(pages, endpoints)),
              "%,.0f".formatted(Math.ceil(sites / 100.0)),
              "%,.0f".formatted(sites * stored / MIB),
              "%,.0f".formatted(sites * heap * 1024 / MIB),
              "%,.0f".formatted(sites * patched / MIB)));
    }
    return markdown(
        List.of(
            "Clinics",
            "Hours to create all in one account",
            "Pages of one complete list",
            "Minutes for it",
            "Minutes from one list of agent sessions to the next",
            "of endpoints",
            "Accounts for a list every 10 minutes",
            "Accounts, with an address each",
            "MiB in etcd",
            "MiB of heap, in one process",
            "MiB of statuses to each watcher while they converge"),
        rows);
  }

  private Optional<JsonNode> largest(String scenario) {
    return unlimited()
        .filter(result -> scenario(result).equals(scenario))
        .reduce((one, next) -> next);
  }

  private static Optional<Double> heap(JsonNode result) {
    return value(result, "operator", "live heap per Clinic in KiB");
  }

  /** The minutes from one list of what shows agents to the next. */
  private static String interval(Resource<?, ?, ?> resource, int objects) {
    Duration interval = Sweeps.PACE.agents(resource, Pace.pages(objects));
    return Figures.text(interval.toSeconds() / 60.0);
  }

  /** How many accounts share the objects when each is listed every drift interval. */
  private static int accounts(double pages, int endpoints) {
    return IntStream.iterate(1, accounts -> accounts + 1)
        .filter(
            accounts ->
                Sweeps.PACE
                    .everything((int) Math.ceil(pages / accounts), Pace.pages(endpoints / accounts))
                    .equals(Sweeps.PACE.driftInterval()))
        .findFirst()
        .orElseThrow();
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private Stream<JsonNode> unlimited() {
    return results.stream().filter(result -> result.path("limit").asText().equals("none"));
  }

  private Stream<JsonNode> limited() {
    return results.stream().filter(result -> result.path("limit").asText().equals("real"));
  }

  /** A table with a row for each result. A column in which no result has a figure is left out. */
  private static String rows(Stream<JsonNode> shown, Column... columns) {
    List<JsonNode> results = shown.toList();
    Map<String, List<String>> cells = new LinkedHashMap<>();
    cells.put("Scenario", results.stream().map(ScalePage::scenario).toList());
    cells.put(
        "Clinics",
        results.stream().map(result -> "%,d".formatted(result.path("clinics").asInt())).toList());
    for (Column column : columns) {
      List<String> values = results.stream().map(column.cell()).toList();
      if (values.stream().anyMatch(value -> !value.isEmpty())) {
        cells.put(column.heading(), values);
      }
    }
    return markdown(
        cells.keySet(),
        IntStream.range(0, results.size())
            .mapToObj(row -> cells.values().stream().map(column -> column.get(row)).toList())
            .toList());
  }

  private static String markdown(Collection<String> headings, List<List<String>> rows) {
    return Stream.of(List.of(headings, Collections.nCopies(headings.size(), "---")), rows)
        .flatMap(List::stream)
        .map(cells -> "| " + String.join(" | ", cells) + " |\n")
        .collect(Collectors.joining());
  }

  private static String scenario(JsonNode result) {
    return result.path("scenario").asText();
  }

  private static String number(JsonNode result, String group, String name) {
    return value(result, group, name).map(Figures::text).orElse("");
  }

  private static Optional<Double> value(JsonNode result, String group, String name) {
    JsonNode value = result.path("figures").path(group).path(name);
    return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
  }
}
