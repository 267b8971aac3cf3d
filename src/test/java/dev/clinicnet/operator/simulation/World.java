package dev.clinicnet.operator.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.VirtualNgrok;
import dev.clinicnet.simulator.InProcessPlatform;
import dev.clinicnet.simulator.MutableClock;
import dev.clinicnet.simulator.SimulatorOptions;
import dev.clinicnet.simulator.agentapi.AgentAnswer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/**
 * Everything in one thread: the API server, the platform, the operator, and the calls between them,
 * at which faults strike.
 */
final class World implements AutoCloseable {
  static final String API_KEY = "2simulationkey00000000000000_0123456789abcdefghijk";
  static final String INSTANCE = "one";
  static final int REQUESTS = 120;
  static final Duration UNDO_WINDOW = Duration.ofMinutes(12);

  /** The thread's world, which answers the sockets that all worlds share. */
  private static final ThreadLocal<World> PRESENT = new ThreadLocal<>();

  private static final OkHttpClient SOCKETS =
      VirtualNgrok.base(new Wire(request -> PRESENT.get().answer(request)));

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final MutableClock clock = new MutableClock(START);
  private final ApiServer server = new ApiServer(clock);
  private final Random random;
  private final Drawn keys = new Drawn();
  private final InProcessPlatform platform;
  private final Weather weather;
  private final Scheduler scheduler;
  private final Site site;
  private final Rules rules;
  private final Locks locks;
  private final List<String> said = new ArrayList<>();
  private final Trace trace = new Trace();
  private Fault outage;
  private int nonces;
  private int writes;

  World(Schedule schedule, List<Wishes> wishes) {
    this.random = new Random(schedule.seed());
    this.platform =
        new InProcessPlatform(
            SimulatorOptions.defaults().withClock(clock), new Random(schedule.seed()));
    this.weather = new Weather(schedule.faults());
    this.site = new Site(this, wishes);
    this.rules = new Rules(this);
    this.locks = new Locks(this);
    this.scheduler = new Scheduler(this, schedule.acts());
    PRESENT.set(this);
  }

  /** The world of this thread; null outside of a run. */
  static World ofThread() {
    return PRESENT.get();
  }

  /** Calls of this thread reach this world again. */
  void present() {
    PRESENT.set(this);
  }

  Clock clock() {
    return clock;
  }

  Instant now() {
    return clock.instant();
  }

  Duration age() {
    return Duration.between(START, now());
  }

  long nanos() {
    return age().toNanos();
  }

  /** Lets time pass while somebody waits. */
  void pass(Duration time) {
    clock.advance(time);
  }

  ApiServer server() {
    return server;
  }

  InProcessPlatform platform() {
    return platform;
  }

  OkHttpClient sockets() {
    return SOCKETS;
  }

  Site site() {
    return site;
  }

  Rules rules() {
    return rules;
  }

  Locks locks() {
    return locks;
  }

  Weather weather() {
    return weather;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Trace trace() {
    return trace;
  }

  Random random() {
    return random;
  }

  SecureRandom keys() {
    return keys;
  }

  Instance begin() {
    return new Instance(this, new Settings(INSTANCE, UNDO_WINDOW));
  }

  String nonce() {
    return "nonce-" + ++nonces;
  }

  /** How many calls have changed something. */
  int writes() {
    return writes;
  }

  /** Notes a text that people may read. */
  void said(String text) {
    said.add(text);
  }

  List<String> said() {
    return said;
  }

  void deliver(Caches caches) {
    pass(Duration.ofMillis(20));
    caches.deliver();
  }

  /** A call to the API server that writes. */
  <T> T crossWrite(String what, Supplier<T> call) {
    writes++;
    return cross(what, call);
  }

  /** A call to the API server. */
  <T> T cross(String what, Supplier<T> call) {
    Fault fault = weather.next();
    trace.call(now(), what, fault);
    pass(Duration.ofMillis(1 + random.nextInt(20)));
    before(fault, what);
    if (fault == Fault.CONFLICT && !what.startsWith("read")) {
      throw ApiServer.failure(409, "somebody else was faster");
    }
    if (fault == Fault.UNAVAILABLE || fault == Fault.THROTTLED || fault == Fault.TIMEOUT) {
      throw ApiServer.failure(fault == Fault.THROTTLED ? 429 : 503, "the API server fails");
    }
    if (fault == Fault.LEAD_LOST) {
      scheduler.takeOver();
    }
    T answer;
    try {
      answer = call.get();
    } catch (KubernetesClientException refused) {
      rules.troubled();
      if (fault == Fault.CRASH_AFTER) {
        throw new Crash(what);
      }
      throw refused;
    }
    after(fault, what);
    if (fault == Fault.LOST_ANSWER || fault == Fault.FAILED_AFTER) {
      throw ApiServer.failure(fault == Fault.LOST_ANSWER ? 0 : 500, "the answer was lost");
    }
    return answer;
  }

  /** A call to an agent. */
  AgentAnswer crossAgent(String what, Supplier<Optional<AgentAnswer>> call) {
    Fault fault = weather.next();
    trace.call(now(), what, fault);
    pass(Duration.ofMillis(5 + random.nextInt(100)));
    before(fault, what);
    if (fault == Fault.TIMEOUT || fault == Fault.UNAVAILABLE) {
      throw unreachable();
    }
    Optional<AgentAnswer> answer = call.get();
    after(fault, what);
    if (fault == Fault.LOST_ANSWER || fault == Fault.FAILED_AFTER) {
      throw unreachable();
    }
    return answer.orElseThrow(World::unreachable);
  }

  private static NgrokException unreachable() {
    return new NgrokException(Failure.UNAVAILABLE, null, "the agent does not answer", null);
  }

  private void before(Fault fault, String what) {
    if (fault == null) {
      return;
    }
    rules.troubled();
    switch (fault) {
      case CRASH_BEFORE -> throw new Crash(what);
      case OTHERS_BEFORE -> scheduler.others();
      case STALE_CACHES -> scheduler.stall();
      case WATCH_GAP -> scheduler.relist();
      default -> {}
    }
  }

  private void after(Fault fault, String what) {
    if (fault == Fault.CRASH_AFTER) {
      throw new Crash(what);
    } else if (fault == Fault.OTHERS_AFTER) {
      scheduler.others();
    }
  }

  /** A process that stands still just before a request does not know yet that it lost the lead. */
  void sending() {
    if (weather.take(Fault.LEAD_LOST)) {
      rules.troubled();
      scheduler.takeOver();
    }
  }

  /** From now on this fault strikes at every call to the platform; null for none. */
  void outage(Fault fault) {
    outage = fault;
  }

  /** A call to the platform. */
  private Wire.Response answer(Wire.Request request) throws IOException {
    Fault planned = weather.next();
    Fault fault = outage == null ? planned : outage;
    String what = request.toString();
    trace.call(now(), what, fault);
    if (!request.method().equals("GET")) {
      writes++;
    }
    pass(Duration.ofMillis(5 + random.nextInt(100)));
    before(fault, what);
    Optional<InProcessPlatform.Answer> instead = instead(fault, request);
    if (instead.isPresent()) {
      return new Wire.Response(instead.get().status(), instead.get().body());
    }
    if (fault == Fault.TIMEOUT) {
      pass(Duration.ofSeconds(20));
      throw new SocketTimeoutException("timeout");
    }
    rules.before(request);
    InProcessPlatform.Answer answer =
        platform.answer(
            request.method(),
            request.path(),
            request.query(),
            name -> request.headers().get(name.toLowerCase(java.util.Locale.ROOT)),
            request.body(),
            "http://127.0.0.1:80");
    rules.after(request, answer);
    if (!request.method().equals("GET")) {
      locks.check(what);
    }
    after(fault, what);
    if (fault == Fault.LOST_ANSWER) {
      throw new SocketException("Connection reset");
    }
    if (fault == Fault.FAILED_AFTER) {
      InProcessPlatform.Answer error = platform.failure(500, null);
      return new Wire.Response(500, error.body());
    }
    rules.answered(request, answer);
    return new Wire.Response(answer.status(), answer.body());
  }

  private Optional<InProcessPlatform.Answer> instead(Fault fault, Wire.Request request) {
    if (fault == Fault.THROTTLED) {
      return Optional.of(platform.failure(429, "ERR_NGROK_226"));
    } else if (fault == Fault.UNAVAILABLE) {
      return Optional.of(platform.failure(503, null));
    } else if (fault == Fault.CONFLICT) {
      return switch (request.method() + " " + request.path().split("/", -1)[1]) {
        case "POST endpoints" -> Optional.of(platform.failure(400, "ERR_NGROK_18006"));
        case "POST reserved_domains" -> Optional.of(platform.failure(400, "ERR_NGROK_413"));
        case "POST service_users" -> Optional.of(platform.failure(400, "ERR_NGROK_4112"));
        case "DELETE reserved_domains" -> Optional.of(platform.failure(400, "ERR_NGROK_446"));
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  /** Somebody else changes or deletes something of ours in the account. */
  void foreign(int choice, boolean delete) {
    String resource = List.of("endpoints", "reserved_domains", "credentials").get(choice % 3);
    List<JsonNode> rows =
        platform.all(resource).stream()
            .filter(row -> !row.path("type").asText().startsWith("agent"))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    String path = "/" + resource + "/" + rows.get(choice % rows.size()).path("id").asText();
    boolean deletes = delete && resource.equals("endpoints");
    platform.answer(
        deletes ? "DELETE" : "PATCH",
        path,
        null,
        World::header,
        deletes ? "" : "{\"description\": \"mine\"}",
        "http://127.0.0.1:80");
  }

  private static String header(String name) {
    return switch (name) {
      case "Authorization" -> "Bearer " + API_KEY;
      case "Ngrok-Version" -> "2";
      case "Content-Type" -> "application/json";
      default -> null;
    };
  }

  @Override
  public void close() {
    platform.close();
    PRESENT.remove();
  }

  /** A source of the same numbers in every run. */
  private static final class Drawn extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random = new Random(1);

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
