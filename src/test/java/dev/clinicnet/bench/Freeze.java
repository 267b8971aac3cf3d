package dev.clinicnet.bench;

import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The API of ngrok freezes twice while a fleet converges, for ten minutes each: first it does not
 * answer, then it answers with errors only. When it works again, nobody may be in a hurry.
 */
final class Freeze implements Scenario {
  private static final Duration BEFORE = Duration.ofSeconds(40);
  private static final Duration FROZEN = Duration.ofMinutes(10);
  private static final Duration FIRST_MINUTE = Duration.ofMinutes(1);

  /** Every request is kept until the fault is removed, and is never carried out. */
  private static final String SILENCE =
      "{\"path\": \"/*\", \"hold\": true, \"status\": 503, \"times\": 100000000}";

  private static final String ERRORS = "{\"path\": \"/*\", \"status\": 503, \"times\": 100000000}";

  @Override
  public String name() {
    return "freeze";
  }

  @Override
  public boolean beginsEmpty() {
    return true;
  }

  @Override
  public Figures run(World world) {
    Figures figures = new Figures();
    int clinics = world.options().clinics();
    Meter meter = Meter.start(world);
    world.each(world.sites(), site -> site.objects().forEach(world::apply));
    pass(world, BEFORE);
    Thaw first = freeze(world, SILENCE, figures, "while ngrok is silent");
    Thaw last = freeze(world, ERRORS, figures, "while ngrok fails");
    world.awaitFleet();
    long done = world.watch().lastReady();
    meter.stop(figures, Converge.needed(clinics), done);
    figures.put(
        "counts",
        "requests in the first minute after a freeze",
        (double) Math.max(first.requests(), last.requests()));
    figures.put(
        "counts",
        "objects at ngrok beyond those needed",
        (double) (objects(world) - creates(clinics)));
    figures.put(
        "counts", "objects that were missing after the last freeze", (double) last.missing());
    figures.put(
        "times",
        "times of what the limit makes necessary, after a freeze",
        (done - last.at())
            / 1e9
            * world.options().factor()
            / (last.missing() * 60.0 / BenchOptions.LIMIT));
    return figures;
  }

  /**
   * The end of a freeze.
   *
   * @param at its time, as {@link System#nanoTime} has it
   * @param missing the objects that were missing at ngrok then
   * @param requests how many requests came in the first minute after it
   */
  private record Thaw(long at, int missing, int requests) {}

  /** Freezes the API, and waits for the first minute after that. */
  private static Thaw freeze(World world, String fault, Figures figures, String when) {
    world.account().fault(fault);
    int before = world.requests().size();
    pass(world, FROZEN);
    figures.put("counts", "requests " + when, (double) (world.requests().size() - before));
    judge(world, figures, when);
    int frozen = world.requests().size();
    int missing = creates(world.options().clinics()) - objects(world);
    world.account().clearFaults();
    long at = System.nanoTime();
    pass(world, FIRST_MINUTE);
    return new Thaw(at, missing, world.requests().size() - frozen);
  }

  /** What the statuses say while nothing can be done. */
  private static void judge(World world, Figures figures, String when) {
    Map<String, Condition> waiting = world.watch().notReady();
    Instant now = world.accountTime();
    waiting
        .values()
        .forEach(
            condition ->
                figures.count("statuses " + when, condition.status() + " " + condition.reason()));
    figures.put(
        "counts",
        "statuses with a promise that is long over, " + when,
        (double)
            waiting.values().stream()
                .filter(condition -> PromisedWaits.isLongOver(condition.message(), now))
                .count());
    // A Clinic has a service user and a credential, and its database an address and an endpoint.
    long said =
        2 * world.watch().ready("Clinic/", "")
            + world.watch().ready("ClinicService/", "-api")
            + 2 * world.watch().ready("ClinicService/", "-db");
    figures.put(
        "counts",
        "objects that a status claims and ngrok lacks, " + when,
        (double) Math.max(0, said - objects(world)));
  }

  private static void pass(World world, Duration time) {
    long end = System.nanoTime() + time.dividedBy(world.options().factor()).toNanos();
    await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> System.nanoTime() >= end);
  }

  private static int creates(int clinics) {
    return Converge.needed(clinics).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** All objects that the account holds. */
  private static int objects(World world) {
    return List.of(
            Resource.RESERVED_DOMAINS,
            Resource.SERVICE_USERS,
            Resource.CREDENTIALS,
            Resource.RESERVED_ADDRS,
            Resource.ENDPOINTS)
        .stream()
        .mapToInt(resource -> world.account().all(resource.path()).size())
        .sum();
  }
}
