package dev.clinicnet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Measures what the operator does from one moment to another. */
final class Meter {
  private static final double MIB = 1 << 20;

  private final World world;
  private final FleetSize size;
  private final long audited;
  private final int requested;
  private final double cpu;
  private final long begun = System.nanoTime();
  private final Instant accountBegun;
  private final Map<Resource<?, ?, ?>, Integer> objects;

  private Meter(World world, FleetSize size, double cpu) {
    this.world = world;
    this.size = size;
    this.audited = world.audit().mark();
    this.requested = world.requests().size();
    this.cpu = cpu;
    this.accountBegun = world.accountTime();
    this.objects = AccountLog.now(world);
  }

  /** Begins now. */
  static Meter start(World world) {
    return start(world, FleetSize.of(world.options()));
  }

  /** Begins now, for a fleet of another size than the usual. */
  static Meter start(World world, FleetSize size) {
    return new Meter(world, size, world.operator().cpuSeconds());
  }

  /** Begins now, before a new operator starts. */
  static Meter beforeStart(World world) {
    return new Meter(world, FleetSize.of(world.options()), 0);
  }

  /** When it began, as {@link System#nanoTime}. */
  long begun() {
    return begun;
  }

  /**
   * Ends when the operator is quiet, and adds what it measured.
   *
   * @param needed the requests that the scenario cannot do without, such as {@code POST endpoints}
   * @param done when the work was done, as {@link System#nanoTime}
   */
  void stop(Figures figures, Map<String, Integer> needed, long done) {
    world.awaitQuiet();
    stopNow(figures, needed, done);
  }

  /**
   * Adds the time from the begin to a moment.
   *
   * @param at the moment, as {@link System#nanoTime}
   */
  void until(Figures figures, String name, long at) {
    figures.put("times", name, (at - begun) / 1e9);
  }

  /** The same without waiting. */
  void stopNow(Figures figures, Map<String, Integer> needed, long done) {
    double elapsed = (System.nanoTime() - begun) / 1e9 * world.options().factor();
    double used = world.operator().cpuSeconds() - cpu;
    List<JsonNode> mine = requests();
    NgrokRequests ngrok = NgrokRequests.count(mine);
    AccountLog account = AccountLog.of(objects, mine);
    KubernetesRequests.Counted kubernetes = world.audit().since(audited);
    ngrok(figures, ngrok, needed, due(account, elapsed));
    kubernetes(figures, kubernetes);
    until(figures, "seconds", done);
    figures.put("times", "seconds of the account's time", seconds(done));
    int least = needed.values().stream().mapToInt(Integer::intValue).sum();
    if (world.options().limited() && least > 0) {
      double ideal =
          (least + pagesNeeded(ngrok, due(account, seconds(done)))) * 60.0 / BenchOptions.LIMIT;
      figures.put("times", "seconds that the limit makes necessary", ideal);
      figures.put("times", "times of that", seconds(done) / ideal);
      double allowed = elapsed / 60 * BenchOptions.LIMIT;
      figures.put("times", "percent of the limit used", 100 * ngrok.total() / allowed);
    }
    figures.put("operator", "seconds of CPU", used);
    figures.put("operator", "RSS in MiB", world.operator().residentBytes() / MIB);
    figures.put("operator", "highest RSS in MiB", world.operator().peakResidentBytes() / MIB);
    figures.put("operator", "lines of warnings in the log", (double) world.operator().warnings());
  }

  /** The entries of the simulator's log since the begin. */
  List<JsonNode> requests() {
    List<JsonNode> log = world.requests();
    return log.subList(requested, log.size());
  }

  /** The pages of sweeps that were due and that were sent. */
  private static int pagesNeeded(NgrokRequests ngrok, Map<String, Integer> pagesDue) {
    return pagesDue.entrySet().stream()
        .mapToInt(due -> Math.min(due.getValue(), ngrok.sent().getOrDefault(due.getKey(), 0)))
        .sum();
  }

  private Map<String, Integer> due(AccountLog account, double seconds) {
    return Sweeps.due(account, accountBegun, Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private double seconds(long done) {
    return (done - begun) / 1e9 * world.options().factor();
  }

  private static void ngrok(
      Figures figures,
      NgrokRequests ngrok,
      Map<String, Integer> needed,
      Map<String, Integer> pagesDue) {
    TreeSet<String> kinds = new TreeSet<>(ngrok.sent().keySet());
    kinds.addAll(needed.keySet());
    for (String kind : kinds) {
      int sent = ngrok.sent().getOrDefault(kind, 0);
      figures.put("requests to ngrok", kind, sent);
      int least =
          kind.startsWith("GET ") ? pagesDue.getOrDefault(kind, 0) : needed.getOrDefault(kind, 0);
      figures.put("requests to ngrok", kind + ", at least", least);
    }
    int writesNeeded = needed.values().stream().mapToInt(Integer::intValue).sum();
    figures.put("counts", "requests to ngrok", ngrok.total());
    figures.put("counts", "writes to ngrok needed", writesNeeded);
    figures.put("counts", "writes to ngrok", ngrok.writes());
    figures.put("counts", "writes to ngrok beyond those needed", ngrok.writes() - writesNeeded);
    figures.put("counts", "refused for the limit", ngrok.refusals());
    figures.put("counts", "answered with another error", ngrok.failures());
    ngrok.failed().forEach((kind, n) -> figures.put("requests to ngrok", kind + ", failed", n));
    figures.put("counts", "list pages", ngrok.pages());
    int due = pagesDue.values().stream().mapToInt(Integer::intValue).sum();
    figures.put("counts", "list pages of the sweeps due", due);
    figures.put("counts", "list pages beyond the sweeps due", Math.max(0, ngrok.pages() - due));
  }

  private void kubernetes(Figures figures, KubernetesRequests.Counted counted) {
    new TreeMap<>(counted.requests())
        .forEach((kind, n) -> figures.put("requests to Kubernetes", kind, n));
    counted.failures().forEach((kind, n) -> figures.put("requests to Kubernetes", kind, n));
    figures.put("counts", "writes to Kubernetes", counted.writes());
    figures.put("counts", "reads of one object at the API server", counted.singleReads());
    figures.put(
        "counts",
        "status patches per Clinic",
        1.0 * counted.of("patch clinics/status") / size.clinics());
    figures.put(
        "counts",
        "status patches per ClinicService",
        1.0 * counted.of("patch clinicservices/status") / size.services());
    figures.put(
        "counts",
        "writes to Kubernetes per object",
        1.0 * counted.writes() / (size.clinics() + size.services()));
    figures.put(
        "counts",
        "bytes of statuses written per Clinic",
        1.0 * counted.statusBytes() / size.clinics());
  }

  /** Adds the heap that is in use after a collection. */
  void heap(Figures figures) {
    HeapHistogram heap = world.operator().heap(world.options().java());
    long empty = world.emptyHeap().bytes();
    int clinics = world.options().clinics();
    figures.put("operator", "live heap in MiB", heap.bytes() / MIB);
    figures.put("operator", "live heap before the first Clinic in MiB", empty / MIB);
    figures.put(
        "operator", "live heap per Clinic in KiB", (heap.bytes() - empty) / 1024.0 / clinics);
    figures.put(
        "operator",
        "managedFields entries in the heap per object",
        1.0
            * heap.instances("io.fabric8.kubernetes.api.model.ManagedFieldsEntry")
            / clinics
            / (1 + Site.SERVICES));
    world
        .operator()
        .memory(world.options().java())
        .forEach((part, mib) -> figures.put("memory in MiB", part, mib));
    heap.rows().stream()
        .limit(12)
        .forEach(
            row ->
                figures.put(
                    "live heap by class, bytes per Clinic",
                    row.type().replace(" (java.base@", " (").replaceAll(" \\(.*", ""),
                    1.0 * row.bytes() / clinics));
  }
}
