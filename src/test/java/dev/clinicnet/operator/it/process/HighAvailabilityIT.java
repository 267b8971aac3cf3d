package dev.clinicnet.operator.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.api.v1alpha1.AddressStatus;
import dev.clinicnet.operator.controller.ExitReason;
import dev.clinicnet.testkit.Examples;
import dev.clinicnet.testkit.Fleet;
import dev.clinicnet.testkit.InOneNamespace;
import dev.clinicnet.testkit.OperatorProcess;
import dev.clinicnet.testkit.OperatorProcesses;
import dev.clinicnet.testkit.TcpProxy;
import io.fabric8.kubernetes.api.model.Event;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two operators as separate processes, each with its own cable to the API server and to ngrok, and
 * one Lease. After every failure of the one that works, the other finishes, and nothing is done
 * twice.
 */
class HighAvailabilityIT extends InOneNamespace {
  private static final Duration LEASE = Duration.ofSeconds(9);

  /** The Lease is renewed every 1.2 s. Others read it up to 2.2 times less often. */
  private static final Duration LOOK = Duration.ofMillis(2_640);

  /** The time that a loaded machine may add. */
  private static final Duration SLOWNESS = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 200;
  private static final int SOME = 10;

  @RegisterExtension final OperatorProcesses operators = new OperatorProcesses(namespace);

  private final List<TcpProxy> cables = new ArrayList<>();

  /** An operator and its cables. */
  private record Replica(OperatorProcess process, TcpProxy kubernetes, TcpProxy ngrok) {
    private void ends(ExitReason reason) {
      assertThat(process.awaitExit()).isEqualTo(reason.code());
    }

    private List<TcpProxy.Sent> sentSince(Instant when) {
      return ngrok.sent().stream().filter(request -> request.at().isAfter(when)).toList();
    }

    private Instant lastSent() {
      List<TcpProxy.Sent> sent = ngrok.sent();
      return sent.get(sent.size() - 1).at();
    }
  }

  private record Pair(Replica leader, Replica standby) {}

  @AfterEach
  void removeCables() {
    cables.forEach(TcpProxy::close);
  }

  @Test
  void aLeaderThatIsKilledIsReplacedAndItsWorkFinishedWithoutADuplicate() {
    Fleet fleet = new Fleet(MANY);
    Pair pair = startTwo(LEASE);
    Replica leader = pair.leader();
    Replica standby = pair.standby();
    fleet.apply(manifests);
    awaitCredentials(MANY / 4);

    leader.process().kill();
    Duration took = awaitTakeOver(standby);

    assertThat(account.all("credentials").size()).isLessThan(MANY);
    fleet.awaitReady(manifests);
    fleet.assertThereOnce(manifests, account);
    report("after SIGKILL", took);
    assertThat(took).isLessThan(LEASE.plus(LOOK).plus(SLOWNESS));
  }

  @Test
  void aLeaderThatStoodStillSendsNothingMoreAndComesBackAsAStandby() {
    Fleet fleet = new Fleet(SOME);
    Pair pair = startTwo(LEASE);
    Replica leader = pair.leader();
    Replica standby = pair.standby();
    account.fault(
        """
        {"method": "POST", "path": "/credentials", "hold": true, "times": %d}
        """
            .formatted(SOME));
    fleet.apply(manifests);
    // Everything that it can send before an answer is on the wire.
    await().atMost(PATIENCE).until(() -> account.held() == SOME);

    leader.process().freeze();
    account.clearFaults();
    Duration took = awaitTakeOver(standby);
    fleet.awaitReady(manifests);
    Instant thawed = Instant.now();
    leader.process().thaw();

    leader.ends(ExitReason.LEASE_LOST);
    assertThat(leader.process().log()).contains("lost the Lease");
    report("after SIGSTOP", took);
    assertThat(leader.sentSince(thawed)).isEmpty();
    Replica back = start(LEASE);
    back.process().awaitReady();
    assertThat(back.process().isLeading()).isFalse();
    assertThat(back.ngrok().sent()).isEmpty();
    fleet.assertThereOnce(manifests, account);
  }

  @Test
  void aLeaderThatIsCutOffFromTheAPIServerStopsBeforeTheNextOneBegins() {
    Fleet fleet = new Fleet(SOME);
    Pair pair = startTwo(LEASE);
    Replica leader = pair.leader();
    Replica standby = pair.standby();
    fleet.apply(manifests);
    awaitCredentials(SOME / 4);

    leader.ngrok().cut();
    await().during(LEASE).atMost(PATIENCE).until(() -> standby.ngrok().sent().isEmpty());
    leader.ngrok().mend();

    leader.kubernetes().cut();
    leader.ends(ExitReason.LEASE_LOST);
    Instant ended = Instant.now();
    assertThat(standby.ngrok().sent()).isEmpty();
    Duration took = awaitTakeOver(standby);
    fleet.awaitReady(manifests);
    leader.kubernetes().mend();

    assertThat(leader.lastSent()).isBefore(ended);
    report("from its end, after a cut cable", took);
    fleet.assertThereOnce(manifests, account);
  }

  @Test
  void aLeaderThatIsToldToStopFinishesItsStepAndHandsOver() {
    account.fault(
        """
        {"method": "POST", "path": "/reserved_addrs", "after": "commit", "hold": true}
        """);
    Pair pair = startTwo(Duration.ofSeconds(15));
    Replica leader = pair.leader();
    Replica standby = pair.standby();
    manifests.applyText(Examples.clinic("WhenUnused"));
    manifests.applyText(Examples.database());
    await().atMost(PATIENCE).until(() -> account.held() == 1);

    leader.process().terminate();
    await().atMost(PATIENCE).until(() -> leader.process().health("/readyz").orElse(0) == 503);
    account.clearFaults();

    leader.ends(ExitReason.STOPPED);
    AddressStatus address = manifests.service("patient-db").getStatus().address();
    Duration took = awaitTakeOver(standby);
    assertThat(leader.process().log()).contains("create reserved_addrs", "released the Lease");
    assertThat(address.id()).isEqualTo(id(only("reserved_addrs")));
    assertThat(reasons()).doesNotContain("ClinicNotFound");
    report("after SIGTERM", took);
    assertThat(took).isLessThan(Duration.ofSeconds(5).plus(SLOWNESS));
    manifests.awaitAllReady();
    assertThat(id(only("reserved_addrs"))).isEqualTo(address.id());
  }

  /** The first process leads. The other one is ready too. */
  private Pair startTwo(Duration lease) {
    Replica one = start(lease);
    Replica two = start(lease);
    one.process().awaitReady();
    two.process().awaitReady();
    await().atMost(PATIENCE).until(() -> one.process().isLeading() || two.process().isLeading());
    Pair pair = one.process().isLeading() ? new Pair(one, two) : new Pair(two, one);
    assertThat(pair.standby().process().isLeading()).isFalse();
    return pair;
  }

  private Replica start(Duration lease) {
    TcpProxy kubernetes =
        cable(URI.create(namespace.admin().getMasterUrl().toString().replaceAll("/$", "")));
    TcpProxy ngrok = cable(account.url());
    OperatorProcess process =
        operators
            .elected()
            .with("--lease-duration", lease.toSeconds() + "s")
            .through(kubernetes.url())
            .start(ngrok.url());
    return new Replica(process, kubernetes, ngrok);
  }

  private TcpProxy cable(URI server) {
    TcpProxy cable = TcpProxy.to(server);
    cables.add(cable);
    return cable;
  }

  private void awaitCredentials(int number) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> account.all("credentials").size() >= number);
  }

  /** Waits until the other one leads, and returns how long that took. */
  private static Duration awaitTakeOver(Replica standby) {
    Instant begin = Instant.now();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> standby.process().isLeading());
    return Duration.between(begin, Instant.now());
  }

  private List<String> reasons() {
    return manifests.events().stream().map(Event::getReason).toList();
  }

  private static void report(String after, Duration took) {
    System.out.printf("take-over %s: %.1f s%n", after, took.toMillis() / 1_000.0);
  }
}
