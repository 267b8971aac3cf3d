package dev.clinicnet.operator.ngrok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link NgrokApi} over HTTP. Lists and deletions are repeated up to twice when the platform fails
 * or cannot be reached; creations and changes never are, because the platform cannot recognise a
 * repetition (documented), and the request may have taken effect although its answer is lost.
 *
 * <p>Safe for use by many threads. Closing it ends its connections.
 */
public final class OkHttpNgrokApi implements NgrokApi, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(OkHttpNgrokApi.class);

  /** The resource of the question for the account itself, also for a {@link RequestObserver}. */
  public static final String SELF = "self";

  /** What a platform without the question for the account itself answers. */
  private static final Set<Failure> NO_SELF = EnumSet.of(Failure.NOT_FOUND, Failure.INVALID);

  /** The largest page that the platform gives (documented). */
  private static final String PAGE_SIZE = Integer.toString(PAGE);

  private static final int ATTEMPTS = 3;

  /** The refusal that is about requests under way, and not about those of a minute. */
  private static final String TOO_MANY_AT_ONCE = "ERR_NGROK_225";

  /** The longest pause before the first repetition. */
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(300);

  private final NgrokClientOptions options;
  private final HttpUrl base;
  private final Budget budget;
  private final WriteGuard guard;
  private final RequestObserver observer;
  private final Backoff backoff;
  private final ObjectMapper json = WireJson.mapper();
  private final Transport transport;
  private final Failures failures;
  private final ServiceUserRoles roles;
  private final AtomicInteger writes;
  private final Function<Lane, Permit> permits;

  /**
   * A client for one account.
   *
   * @param budget the budget of the account, shared with everything else that uses it
   * @param guard asked before every request that changes something
   */
  public OkHttpNgrokApi(
      NgrokClientOptions options, Budget budget, WriteGuard guard, RequestObserver observer) {
    this(
        options,
        budget,
        guard,
        observer,
        Backoff.jittered(FIRST_BACKOFF, () -> ThreadLocalRandom.current().nextDouble()));
  }

  OkHttpNgrokApi(
      NgrokClientOptions options,
      Budget budget,
      WriteGuard guard,
      RequestObserver observer,
      Backoff backoff) {
    this(options, budget, guard, observer, backoff, new OkHttpClient());
  }

  /**
   * A client of a test.
   *
   * @param base the sockets that it uses
   */
  OkHttpNgrokApi(
      NgrokClientOptions options,
      Budget budget,
      WriteGuard guard,
      RequestObserver observer,
      Backoff backoff,
      OkHttpClient base) {
    this.options = Objects.requireNonNull(options, "options");
    this.base = Objects.requireNonNull(HttpUrl.get(options.baseUrl()), "baseUrl");
    this.budget = Objects.requireNonNull(budget, "budget");
    this.guard = Objects.requireNonNull(guard, "guard");
    this.observer = Objects.requireNonNull(observer, "observer");
    this.backoff = Objects.requireNonNull(backoff, "backoff");
    this.transport = new Transport(options, guard, base);
    this.failures = new Failures(json, options.serviceUsersPath());
    this.roles = new ServiceUserRoles();
    this.writes = new AtomicInteger();
    this.permits = budget::acquire;
  }

  /** The same client for the requests of one turn. It is not closed. */
  private OkHttpNgrokApi(OkHttpNgrokApi whole, BudgetTurn turn) {
    this.options = whole.options;
    this.base = whole.base;
    this.budget = whole.budget;
    this.guard = whole.guard;
    this.observer = whole.observer;
    this.backoff = whole.backoff;
    this.transport = whole.transport;
    this.failures = whole.failures;
    this.roles = whole.roles;
    this.writes = whole.writes;
    this.permits = turn::take;
  }

  @Override
  public Turn turn(Party party) {
    BudgetTurn turn = budget.turn(party);
    NgrokApi mine = new OkHttpNgrokApi(this, turn);
    return new Turn() {
      @Override
      public void await(Lane lane) {
        turn.await(lane);
      }

      @Override
      public Party party() {
        return party;
      }

      @Override
      public NgrokApi api() {
        return mine;
      }

      @Override
      public void close() {
        turn.close();
      }
    };
  }

  @Override
  public void leave(Party party) {
    budget.leave(party);
  }

  @Override
  public void rest(Party party, Lane lane) {
    budget.rest(party, lane);
  }

  @Override
  public <T extends RemoteObject> List<T> list(Resource<T, ?, ?> resource, Lane lane) {
    HttpUrl first = at(resource).addQueryParameter("limit", PAGE_SIZE).build();
    Paging paging = new Paging(base, first);
    List<T> all = new ArrayList<>();
    while (paging.next() != null) {
      Outgoing outgoing = Outgoing.list(path(resource), paging.next());
      JsonNode page = read(outgoing, send(outgoing, lane));
      JsonNode rows = page.path(listKey(resource));
      if (!rows.isArray()) {
        throw failures.unreadable(outgoing);
      }
      for (JsonNode row : rows) {
        all.add(convert(outgoing, row, resource.type()));
      }
      String problem = paging.turn(rows.size(), page.path("next_page_uri").textValue());
      if (problem != null) {
        throw failures.badPaging(outgoing, problem);
      }
    }
    return List.copyOf(all);
  }

  @Override
  public Optional<AccountSelf> self(Lane lane) {
    Outgoing outgoing = Outgoing.get(SELF, base.newBuilder().addPathSegment(SELF).build());
    try {
      JsonNode account = read(outgoing, send(outgoing, lane)).path("account");
      return Optional.ofNullable(account.path("id").textValue())
          .map(
              id ->
                  new AccountSelf(
                      id, flag(account, "suspended"), flag(account, "traffic_full_capture")));
    } catch (NgrokException e) {
      if (NO_SELF.contains(e.failure())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Boolean flag(JsonNode account, String name) {
    return account.path(name).isBoolean() ? account.get(name).booleanValue() : null;
  }

  @Override
  public <T extends RemoteObject, C> T create(Resource<T, C, ?> resource, C body, Lane lane) {
    return body instanceof ServiceUser.Create user && user.roles() != null
        ? roles.create(user, known -> createAsIs(resource, known, lane))
        : createAsIs(resource, body, lane);
  }

  private <T extends RemoteObject> T createAsIs(
      Resource<T, ?, ?> resource, Object body, Lane lane) {
    JsonNode tree = json.valueToTree(body);
    return write(
        Outgoing.create(
            path(resource), at(resource).build(), tree.toString(), SubmittedSecrets.in(tree, json)),
        resource,
        lane);
  }

  @Override
  public <T extends RemoteObject, U extends Changes> T update(
      Resource<T, ?, U> resource, String id, U changes, Lane lane) {
    HttpUrl url = at(resource).addPathSegment(segment(id)).build();
    JsonNode tree = json.valueToTree(changes);
    return write(
        Outgoing.update(path(resource), url, tree.toString(), SubmittedSecrets.in(tree, json)),
        resource,
        lane);
  }

  @Override
  public void delete(Resource<?, ?, ?> resource, String id, Lane lane) {
    HttpUrl url = at(resource).addPathSegment(segment(id)).build();
    send(Outgoing.delete(path(resource), url), lane);
  }

  @Override
  public void stopTunnelSession(String id, Lane lane) {
    operate(id, "stop", lane);
  }

  @Override
  public void restartTunnelSession(String id, Lane lane) {
    operate(id, "restart", lane);
  }

  private void operate(String session, String operation, Lane lane) {
    HttpUrl url =
        at(Resource.TUNNEL_SESSIONS)
            .addPathSegment(segment(session))
            .addPathSegment(operation)
            .build();
    send(Outgoing.operation(path(Resource.TUNNEL_SESSIONS), operation, url), lane);
  }

  @Override
  public void close() {
    transport.close();
  }

  private <T extends RemoteObject> T write(
      Outgoing outgoing, Resource<T, ?, ?> resource, Lane lane) {
    T object = convert(outgoing, read(outgoing, send(outgoing, lane)), resource.type());
    if (object.id() == null) {
      throw failures.unreadable(outgoing);
    }
    return object;
  }

  /** Whether requests that change something are under way. */
  public boolean isWriting() {
    return writes.get() > 0;
  }

  private Answer send(Outgoing outgoing, Lane lane) {
    if (!outgoing.writes()) {
      return sendCounted(outgoing, lane);
    }
    writes.incrementAndGet();
    try {
      return sendCounted(outgoing, lane);
    } finally {
      writes.decrementAndGet();
    }
  }

  /** Sends the request, and repeats it where that is safe. Each attempt takes a permit. */
  private Answer sendCounted(Outgoing outgoing, Lane lane) {
    for (int attempt = 1; ; attempt++) {
      String apiKey = usableKey(outgoing);
      try (Permit permit = permits.apply(lane)) {
        observer.waited(lane, permit.waited());
        if (outgoing.writes()) {
          guard.check();
        }
        return attempt(outgoing, apiKey);
      } catch (NgrokException e) {
        boolean passing =
            e.failure() == Failure.UNAVAILABLE || e.failure() == Failure.OUTCOME_UNKNOWN;
        if (!outgoing.repeatable() || !passing || attempt == ATTEMPTS || !paused(attempt)) {
          throw e;
        }
      }
    }
  }

  private Answer attempt(Outgoing outgoing, String apiKey) {
    long start = budget.now();
    Failure outcome = null;
    try {
      Answer answer = transport.exchange(outgoing, apiKey);
      if (!answer.succeeded()) {
        Failures.Refusal refusal = failures.refused(outgoing, answer, apiKey);
        NgrokException e = refusal.exception();
        if (refusal.stopsEveryone()) {
          if (budget.throttled(e.retryAfter(), !TOO_MANY_AT_ONCE.equals(e.code()))) {
            LOGGER.info(
                "All requests to ngrok wait for {} s: {}", e.retryAfter().toSeconds(), e.logText());
          }
        }
        if (outgoing.absentIsDone() && e.failure() == Failure.NOT_FOUND) {
          return answer;
        }
        throw e;
      }
      return answer;
    } catch (NoAnswer e) {
      NgrokException failure = failures.unanswered(outgoing, e);
      outcome = failure.failure();
      throw failure;
    } catch (NgrokException e) {
      outcome = e.failure();
      observer.refused(outcome, e.code());
      throw e;
    } finally {
      Duration took = Duration.ofNanos(budget.now() - start);
      observer.requested(outgoing.resource(), outgoing.method(), outcome, took);
      LOGGER.debug("{}: {} in {} ms", outgoing, outcome == null ? "OK" : outcome, took.toMillis());
    }
  }

  private boolean paused(int attempt) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    try {
      backoff.pause(attempt);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String usableKey(Outgoing outgoing) {
    String key = options.apiKey().get();
    String stripped = key == null ? "" : key.strip();
    // Other characters are not possible in a header, and the message of okhttp would contain the
    // key.
    if (!stripped.matches("[!-~]+")) {
      observer.withoutKey(outgoing.resource(), outgoing.method());
      throw failures.withoutKey(outgoing);
    }
    return stripped;
  }

  private JsonNode read(Outgoing outgoing, Answer answer) {
    try {
      return json.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw failures.unreadable(outgoing);
    }
  }

  private <T> T convert(Outgoing outgoing, JsonNode node, Class<T> type) {
    try {
      T object = node.isObject() ? json.treeToValue(node, type) : null;
      if (object != null) {
        return object;
      }
    } catch (JsonProcessingException e) {
      LOGGER.debug("{} was answered with something else than a {}", outgoing, type.getSimpleName());
    }
    throw failures.unreadable(outgoing);
  }

  private HttpUrl.Builder at(Resource<?, ?, ?> resource) {
    return base.newBuilder().addPathSegment(path(resource));
  }

  private String path(Resource<?, ?, ?> resource) {
    return resource.equals(Resource.SERVICE_USERS) ? options.serviceUsersPath() : resource.path();
  }

  private String listKey(Resource<?, ?, ?> resource) {
    return resource.equals(Resource.SERVICE_USERS)
        ? options.serviceUsersPath()
        : resource.listKey();
  }

  /** An id as one element of a path. An empty id would address the whole collection. */
  private static String segment(String id) {
    if (id == null || id.isBlank() || id.matches("\\.{1,2}|.*[/\\\\].*")) {
      throw new IllegalArgumentException("not the id of a remote object");
    }
    return id;
  }
}
