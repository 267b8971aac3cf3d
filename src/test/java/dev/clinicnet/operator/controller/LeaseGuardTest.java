package dev.clinicnet.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.controller.OperatorOptions.LeaseOptions;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.NgrokException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard between two reads of the Lease, and the watch that ends the leadership. */
class LeaseGuardTest {
  private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
  private static final LeaseOptions LEASE =
      new LeaseOptions("home", "clinic-operator", "one", Duration.ofSeconds(15));
  private static final LeaseOptions SHORT_LEASE =
      new LeaseOptions("home", "clinic-operator", "one", Duration.ofSeconds(3));

  @TempDir Path directory;

  private final AtomicLong nanos = new AtomicLong(7);
  private final StubApiServer server = new StubApiServer();
  private KubernetesClient client;
  private LeaseGuard guard;

  @BeforeEach
  void open() {
    client =
        KubernetesAccess.punctualClient(
            KubernetesAccess.config(server.kubeconfig(directory)), Duration.ofSeconds(2));
    guard = guard(BEGIN);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void whoHasNeverLedMayNothing() {
    refused(guard::confirm, "run out");
  }

  @Test
  void aRenewalCountsUntilTheLeaderMustHaveRenewedAgain() {
    leaseOf("one", BEGIN.minusSeconds(4));
    guard.check();

    pass(Duration.ofMillis(5_999));
    guard.confirm();
    assertThat(guard.left()).isPositive();

    pass(Duration.ofMillis(2));
    refused(guard::confirm, "run out");
    assertThat(guard.left()).isNegative();
  }

  @Test
  void whoStoodStillSinceItLookedMayNothing() {
    guard.acquired();
    guard.confirm();

    pass(Duration.ofMinutes(1));

    refused(guard::confirm, "run out");
  }

  @Test
  void aLaterRenewalIsNotForgottenOverAnOlderAnswer() {
    leaseOf("one", BEGIN);
    guard.check();
    leaseOf("one", BEGIN.minusSeconds(9));
    guard.check();

    pass(Duration.ofSeconds(9));

    guard.confirm();
  }

  @Test
  void onceAnotherProcessWasSeenToLeadNothingPasses() {
    guard.acquired();
    leaseOf("two", BEGIN);

    refused(guard::check, "another process leads");
    refused(guard::confirm, "run out");
  }

  @Test
  void aLeaseThatCannotBeReadKeepsTheWriteBackAndTellsNothingElse() {
    guard.acquired();

    refused(guard::check, "could not be read");
    guard.confirm();
  }

  @Test
  void whoHasGivenTheLeaseUpMayNothing() {
    leaseOf("two", BEGIN);
    guard.acquired();

    guard.release();

    refused(guard::confirm, "given the Lease up");
  }

  @Test
  void theWatchEndsALeadThatCannotBeRenewedBeforeItRunsOut() throws InterruptedException {
    CountDownLatch lost = new CountDownLatch(1);
    LeaseGuard real = new LeaseGuard(client, SHORT_LEASE, Clock.systemUTC(), System::nanoTime);
    real.acquired();
    long begin = System.nanoTime();

    try (LeaseWatch watch = new LeaseWatch(real, SHORT_LEASE, lost::countDown)) {
      watch.start();
      assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(SHORT_LEASE.renewal());
  }

  @Test
  void theWatchLetsALeadGoOnThatIsRenewed() {
    CountDownLatch lost = new CountDownLatch(1);
    LeaseGuard real = new LeaseGuard(client, LEASE, Clock.systemUTC(), System::nanoTime);
    leaseOf("one", Instant.now().plus(Duration.ofHours(1)));
    real.acquired();

    try (LeaseWatch watch = new LeaseWatch(real, LEASE, lost::countDown)) {
      watch.start();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> real.left().compareTo(LEASE.renewal()) > 0);
    }

    assertThat(lost.getCount()).isEqualTo(1);
  }

  private LeaseGuard guard(Instant now) {
    return new LeaseGuard(client, LEASE, Clock.fixed(now, ZoneOffset.UTC), nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void leaseOf(String holder, Instant renewed) {
    server.reply(
        "/apis/coordination.k8s.io/v1/namespaces/home/leases/clinic-operator",
        200,
        """
        {"kind": "Lease", "apiVersion": "coordination.k8s.io/v1",
         "metadata": {"name": "clinic-operator", "namespace": "home", "resourceVersion": "1"},
         "spec": {"holderIdentity": "%s", "leaseDurationSeconds": 15, "renewTime": "%s"}}
        """
            .formatted(holder, renewed.truncatedTo(ChronoUnit.SECONDS).plusNanos(1_000)));
  }

  private static void refused(ThrowingCallable question, String why) {
    assertThatThrownBy(question)
        .isInstanceOfSatisfying(
            NgrokException.class, e -> assertThat(e.failure()).isEqualTo(Failure.NOT_LEADING))
        .hasMessageContaining(why);
  }
}
