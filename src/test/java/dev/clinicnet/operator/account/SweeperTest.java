package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.AccountTime;
import dev.clinicnet.operator.ngrok.Changes;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SweeperTest {
  private static final Owner WAITING = new Owner("Clinic", "clinics", "clinic1");
  private static final Duration NEVER = Duration.ofHours(10);

  private final Inventory inventory = new Inventory();
  private final Listing ngrok = new Listing();
  private final Told told = new Told();
  private final Sight sight = new Sight(Clock.systemUTC(), NEVER, NEVER);
  private final Sweeper sweeper = new Sweeper(ngrok, inventory, sight, told);

  /** An account that can only be listed: it is empty, and fails or waits as it is told to. */
  private static final class Listing implements NgrokApi {
    private final Queue<Resource<?, ?, ?>> listed = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Thread thread;
    private volatile int sessions;
    private volatile int endpoints;

    @Override
    public <T extends RemoteObject> List<T> list(Resource<T, ?, ?> resource, Lane lane) {
      thread = Thread.currentThread();
      listed.add(resource);
      assertThat(lane).isEqualTo(Lane.SWEEP);
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NgrokException(Failure.UNAVAILABLE, null, "interrupted", null);
      }
      RuntimeException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
      if (resource.equals(Resource.TUNNEL_SESSIONS)) {
        return rows(sessions, i -> resource.type().cast(session("ts_" + i)));
      }
      return resource.equals(Resource.ENDPOINTS)
          ? rows(endpoints, i -> resource.type().cast(endpoint("ep_" + i)))
          : List.of();
    }

    private static <T> List<T> rows(int many, IntFunction<T> row) {
      return IntStream.range(0, many).mapToObj(row).toList();
    }

    @Override
    public <T extends RemoteObject, C> T create(Resource<T, C, ?> resource, C body, Lane lane) {
      throw new AssertionError("a sweep creates nothing");
    }

    @Override
    public <T extends RemoteObject, U extends Changes> T update(
        Resource<T, ?, U> resource, String id, U changes, Lane lane) {
      throw new AssertionError("a sweep changes nothing");
    }

    @Override
    public void delete(Resource<?, ?, ?> resource, String id, Lane lane) {
      throw new AssertionError("a sweep deletes nothing");
    }

    @Override
    public void stopTunnelSession(String id, Lane lane) {
      throw new AssertionError("a sweep stops nothing");
    }

    @Override
    public void restartTunnelSession(String id, Lane lane) {
      throw new AssertionError("a sweep restarts nothing");
    }
  }

  /** The calls of the listener, in order. */
  private static final class Told implements SweepListener {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private volatile RuntimeException failure;
    private volatile boolean more;
    private volatile Runnable before = () -> {};

    @Override
    public void listed(
        Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {}

    @Override
    public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {
      before.run();
      queue.add((complete ? "complete " : "partial ") + waiters);
      RuntimeException thrown = failure;
      failure = null;
      if (thrown != null) {
        throw thrown;
      }
    }

    @Override
    public boolean expectsRevocations() {
      return more;
    }

    @Override
    public void failed(NgrokException why) {
      queue.add("failed");
    }

    String next() throws InterruptedException {
      String next = queue.poll(15, TimeUnit.SECONDS);
      assertThat(next).as("the listener is told something").isNotNull();
      return next;
    }
  }

  private static TunnelSession session(String id) {
    return new TunnelSession(id, "3", new Ref("cr_1", ""), null, null, null, null, null);
  }

  private static Endpoint endpoint(String id) {
    return new Endpoint(
        id,
        null,
        "cloud",
        "https://" + id,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @AfterEach
  void stop() {
    sweeper.close();
  }

  @Test
  void beginsWithACompleteSweep() throws InterruptedException {
    // When
    sweeper.start();
    // Then
    assertThat(told.next()).isEqualTo("complete []");
    assertThat(ngrok.listed).containsExactlyInAnyOrderElementsOf(Account.NEEDED);
    assertThat(sight.isListed()).contains(true);
    assertThat(sight.age(Resource.ENDPOINTS)).isPresent();
  }

  @Test
  void whoAsksWhileASweepRunsIsAnsweredByIt() throws InterruptedException {
    // Given
    ngrok.gate = new CountDownLatch(1);
    sweeper.start();
    await().until(() -> !ngrok.listed.isEmpty());
    // When
    sweeper.request(List.of(Resource.ENDPOINTS, Resource.RESERVED_DOMAINS), WAITING);
    ngrok.gate.countDown();
    // Then
    assertThat(told.next()).isEqualTo("complete [" + WAITING + "]");
    sweeper.request(List.of(Resource.AGENT_INGRESSES), WAITING);
    assertThat(told.next()).startsWith("partial");
    assertThat(ngrok.listed).hasSize(Account.NEEDED.size() + 1);
  }

  @Test
  void listsAgainWhatWasDoubtedWhileItWasListed() throws InterruptedException {
    // Given
    ngrok.gate = new CountDownLatch(1);
    sweeper.start();
    await().until(() -> !ngrok.listed.isEmpty());
    // When
    Resource<?, ?, ?> listing = ngrok.listed.peek();
    inventory.doubt(listing);
    sweeper.request(List.of(listing), WAITING);
    ngrok.gate.countDown();
    // Then
    assertThat(told.next()).startsWith("complete");
    assertThat(told.next()).startsWith("partial");
    assertThat(inventory.isKnown(listing)).isTrue();
  }

  @Test
  void oneListAnswersAllWhoAskForAnotherLook() throws InterruptedException {
    // Given
    sweeper.start();
    told.next();
    ngrok.listed.clear();
    Owner other = new Owner("Clinic", "clinics", "clinic2");
    // When
    for (Owner owner : List.of(WAITING, other)) {
      inventory.doubt(Resource.TUNNEL_SESSIONS, owner.toString());
      sweeper.lookAgain(List.of(Resource.TUNNEL_SESSIONS), owner);
    }
    // Then
    assertThat(told.next()).startsWith("partial").contains("clinic1", "clinic2");
    assertThat(ngrok.listed).containsExactly(Resource.TUNNEL_SESSIONS);
    assertThat(inventory.isKnownToAll(Resource.TUNNEL_SESSIONS)).isTrue();
  }

  @Test
  void whatComesIntoDoubtWhileItIsListedIsListedOnceMore() throws InterruptedException {
    // Given
    sweeper.start();
    told.next();
    ngrok.gate = new CountDownLatch(1);
    ngrok.listed.clear();
    sweeper.lookAgain(List.of(Resource.TUNNEL_SESSIONS), WAITING);
    await().until(() -> !ngrok.listed.isEmpty());
    // When
    inventory.doubt(Resource.TUNNEL_SESSIONS, WAITING.toString());
    sweeper.lookAgain(List.of(Resource.TUNNEL_SESSIONS), WAITING);
    ngrok.gate.countDown();
    // Then
    assertThat(told.next()).startsWith("partial");
    assertThat(inventory.isKnownTo(Resource.TUNNEL_SESSIONS, WAITING.toString())).isFalse();
    assertThat(told.next()).startsWith("partial");
    assertThat(inventory.isKnownTo(Resource.TUNNEL_SESSIONS, WAITING.toString())).isTrue();
  }

  @Test
  void endpointsAreListedWithSessionsThatHaveChanged() throws InterruptedException {
    // Given
    sweeper.start();
    told.next();
    ngrok.listed.clear();
    inventory.wrote(Resource.TUNNEL_SESSIONS, session("ts_1"));
    // When
    sweeper.request(List.of(Resource.TUNNEL_SESSIONS), WAITING);
    // Then
    assertThat(told.next()).startsWith("partial");
    assertThat(ngrok.listed).containsExactly(Resource.TUNNEL_SESSIONS, Resource.ENDPOINTS);
  }

  @Test
  void agentsOfALargeAccountAreListedLessOften() throws InterruptedException {
    // Given
    Duration minute = Duration.ofMinutes(1);
    Sight pace = new Sight(Clock.systemUTC(), minute.multipliedBy(20), minute);
    long[] nanos = {0};
    ngrok.endpoints = 350;
    ngrok.sessions = 150;
    AccountTime time = AccountTime.of(Clock.systemUTC(), () -> nanos[0]);
    try (Sweeper timed = new Sweeper(ngrok, inventory, pace, told, time)) {
      timed.turn();
      ngrok.listed.clear();
      // When
      nanos[0] = minute.toNanos();
      timed.turn();
      // Then
      assertThat(ngrok.listed).containsExactly(Resource.TUNNEL_SESSIONS);
      nanos[0] = minute.multipliedBy(2).toNanos();
      timed.turn();
      assertThat(ngrok.listed)
          .containsExactly(Resource.TUNNEL_SESSIONS, Resource.TUNNEL_SESSIONS, Resource.ENDPOINTS);
    }
  }

  @Test
  void aListWaitsWhileMoreRevocationsAreExpected() {
    // Given
    long[] nanos = {0};
    told.more = true;
    try (Sweeper timed =
        new Sweeper(
            ngrok, inventory, sight, told, AccountTime.of(Clock.systemUTC(), () -> nanos[0]))) {
      timed.turn();
      nanos[0] = Duration.ofMinutes(1).toNanos();
      // When
      inventory.doubt(Resource.TUNNEL_SESSIONS, WAITING.toString());
      timed.lookAgain(List.of(Resource.TUNNEL_SESSIONS), WAITING);
      // Then
      assertThat(timed.untilDue()).isEqualTo(SecondLooks.PATIENCE);
      told.more = false;
      assertThat(timed.untilDue()).isEqualTo(SecondLooks.MOMENT);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFailureIsToldAndTheSameIsTriedAgain() throws InterruptedException {
    // Given
    ngrok.failures.add(
        new NgrokException(Failure.UNAUTHORIZED, null, "a bad key", Duration.ofMillis(300)));
    // When
    sweeper.start();
    // Then
    assertThat(told.next()).isEqualTo("failed");
    assertThat(sight.isListed()).contains(false);
    assertThat(sight.losses()).isEmpty();
    assertThat(told.next()).startsWith("complete");
    assertThat(sight.isListed()).contains(true);
  }

  @Test
  void whatSomebodyNeedsBesideTheRestIsListedWithItFromThenOn() throws InterruptedException {
    // Given
    sweeper.start();
    told.next();
    sweeper.request(List.of(Resource.VAULTS), WAITING);
    assertThat(told.next()).isEqualTo("partial [" + WAITING + "]");
    ngrok.listed.clear();
    // When
    sweeper.requestAll();
    // Then
    assertThat(told.next()).startsWith("complete");
    assertThat(ngrok.listed).contains(Resource.VAULTS).containsAll(Account.NEEDED);
    assertThat(ngrok.listed).doesNotContain(Resource.VAULT_SECRETS);
  }

  @Test
  void whatCannotBeListedBesideTheRestIsToldAndTriedAgainLater() throws InterruptedException {
    // Given
    sweeper.start();
    told.next();
    Duration pause = Duration.ofMillis(700);
    ngrok.failures.add(new NgrokException(Failure.ACCOUNT_LIMIT, null, "no vaults", pause));
    // The next list waits until the test has looked.
    told.before = () -> ngrok.gate = new CountDownLatch(1);
    long begin = System.nanoTime();
    // When
    sweeper.request(List.of(Resource.VAULTS), WAITING);
    // Then
    assertThat(told.next()).isEqualTo("partial [" + WAITING + "]");
    assertThat(sight.isListed()).contains(true);
    assertThat(sweeper.refusal(Resource.VAULTS))
        .map(NgrokException::failure)
        .contains(Failure.ACCOUNT_LIMIT);
    sweeper.request(List.of(Resource.VAULTS), WAITING);
    ngrok.gate.countDown();
    assertThat(told.next()).isEqualTo("partial [" + WAITING + "]");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(pause);
    assertThat(sweeper.refusal(Resource.VAULTS)).isEmpty();
    assertThat(inventory.isKnown(Resource.VAULTS)).isTrue();
  }

  @Test
  void whatAListenerThrowsDoesNotEndTheSweeping() throws InterruptedException {
    // Given
    told.failure = new IllegalStateException("the API server is away");
    sweeper.start();
    assertThat(told.next()).startsWith("complete");
    // When
    sweeper.requestAll();
    // Then
    assertThat(told.next()).startsWith("complete");
  }

  @Test
  void closingEndsAListCallThatHangs() {
    // Given
    ngrok.gate = new CountDownLatch(1);
    sweeper.start();
    await().until(() -> !ngrok.listed.isEmpty());
    // When
    sweeper.close();
    // Then
    await().until(() -> !ngrok.thread.isAlive());
    assertThat(told.queue).isEmpty();
  }

  @Test
  void closingEndsTheWaiting() throws InterruptedException {
    // Given
    sweeper.start();
    told.next();
    // When
    sweeper.close();
    // Then
    await().until(() -> !ngrok.thread.isAlive());
  }
}
