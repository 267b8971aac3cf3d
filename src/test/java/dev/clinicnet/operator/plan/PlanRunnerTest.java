package dev.clinicnet.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Party;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlanRunnerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();
  private final PlanRunner runner =
      new PlanRunner(ngrok, inventory, new Attempts(), Clock.fixed(NOW, ZoneOffset.UTC));
  private final Notes journal = new Notes();

  /** A journal that notes what it was told, and what the inventory held at that moment. */
  private final class Notes implements Journal {
    private final List<String> notes = new ArrayList<>();
    private boolean writes = true;
    private RuntimeException failure;

    @Override
    public boolean write(Step.Write step) {
      notes.add(step.toString());
      return writes;
    }

    @Override
    public void intend(Step.Create<?, ?> step) {
      notes.add("intend " + step + " after " + ngrok.log().size() + " calls");
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void done(Step step, RemoteObject answer) {
      boolean noted = inventory.byID(Resource.CREDENTIALS, answer.id()).isPresent();
      notes.add("done " + step + (answer instanceof Credential ? " in inventory: " + noted : ""));
      if (answer instanceof Credential credential) {
        assertThat(credential.token()).isNotNull();
      }
    }
  }

  @BeforeEach
  void everythingIsKnown() {
    ngrok.sweepInto(inventory);
  }

  @Test
  void stepsAreCarriedOutInOrder() {
    // Given
    ngrok.put(Resource.RESERVED_DOMAINS, domain("rd_1"));
    ngrok.sweepInto(inventory);
    List<Step> steps =
        List.of(create("a.com"), update("rd_1"), delete("rd_1"), new Step.StopSession("ts_1"));
    // When
    Run run = runner.run("Clinic a/b", steps, journal);
    // Then
    assertThat(run.done()).containsExactlyElementsOf(steps);
    assertThat(run.failed()).isEmpty();
    assertThat(run.progressed()).isTrue();
    assertThat(ngrok.log())
        .containsExactly(
            "create reserved_domains",
            "update reserved_domains",
            "delete reserved_domains",
            "stop ts_1");
    assertThat(inventory.find(Resource.RESERVED_DOMAINS, Keys.name("a.com")).isPresent()).isTrue();
    assertThat(inventory.byID(Resource.RESERVED_DOMAINS, "rd_1").isAbsent()).isTrue();
    assertThat(journal.notes)
        .containsExactly("done create reserved_domains a.com", "done update reserved_domains rd_1");
  }

  @Test
  void aNameThatSeveralManifestsWantIsCreatedOnce() throws InterruptedException {
    List<Run> runs = Collections.synchronizedList(new ArrayList<>());
    Thread other = new Thread(() -> runs.add(runner.run("b", List.of(create("*.a.com")), journal)));
    ngrok.duringCreation(
        () -> {
          other.start();
          await().until(() -> other.getState() == Thread.State.WAITING);
        });

    runs.add(runner.run("a", List.of(create("*.a.com")), journal));
    other.join();

    assertThat(ngrok.log()).containsExactly("create reserved_domains");
    assertThat(runs).hasSize(2).allMatch(Run::progressed);
  }

  @Test
  void aRunEndsAfterAWriteInKubernetesBecauseTheRestIsDecidedAgain() {
    Step write = new Step.Write("Secret", "a-site-kit");

    Run run = runner.run("Clinic a/b", List.of(write, create("a.com")), journal);

    assertThat(run.done()).containsExactly(write);
    assertThat(journal.notes).containsExactly("write Secret a-site-kit");
    assertThat(ngrok.log()).isEmpty();
  }

  @Test
  void aWriteThatIsRefusedDoesNotKeepTheRestBack() {
    journal.writes = false;
    Step create = create("a.com");

    Run run =
        runner.run("Clinic a/b", List.of(new Step.Write("DNSEndpoint", "a"), create), journal);

    assertThat(run.done()).containsExactly(create);
  }

  @Test
  void theIntentIsWrittenBeforeTheCallAndTheInventoryHoldsItBeforeTheJournal() {
    runner.run("Clinic a/b", List.of(credential()), journal);

    assertThat(journal.notes)
        .containsExactly(
            "intend create credentials of a/b after 0 calls",
            "done create credentials of a/b in inventory: true");
    assertThat(inventory.all(Resource.CREDENTIALS))
        .singleElement()
        .satisfies(credential -> assertThat(credential.token()).isNull());
  }

  @Test
  void nothingIsSentWhenTheIntentCannotBeWritten() {
    // Given
    journal.failure = new IllegalStateException("the namespace is terminating");
    // Then
    assertThatThrownBy(() -> runner.run("Clinic a/b", List.of(credential()), journal))
        .isSameAs(journal.failure);
    assertThat(ngrok.log()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void aFailureKeepsTheOthersBackOnlyWhenNoneCouldSucceed(Failure failure) {
    // Given
    ngrok.failing("create reserved_domains", ScriptedNgrok.failure(failure));
    // When
    Run run = runner.run("Clinic a/b", List.of(create("a.com"), delete("rd_9")), journal);
    // Then
    boolean hopeless =
        List.of(
                Failure.UNAUTHORIZED,
                Failure.WAITING,
                Failure.THROTTLED,
                Failure.UNAVAILABLE,
                Failure.NOT_LEADING)
            .contains(failure);
    assertThat(run.progressed()).isEqualTo(!hopeless);
    assertThat(run.failed()).singleElement().extracting(f -> f.failure()).isEqualTo(failure);
    assertThat(ngrok.log()).hasSize(hopeless ? 1 : 2);
  }

  @Test
  void whereThereIsNoRequestToSpareOnlyWhatClosesSomethingElseGoesOn() {
    // Given
    ngrok.failing("create reserved_domains", ScriptedNgrok.failure(Failure.THROTTLED));
    Step close = new Step.Delete(Resource.ENDPOINTS, "ep_1", "https://a.com");
    List<Step> steps = List.of(create("a.com"), create("b.com"), delete("rd_9"), close);
    // When
    Run refused = runner.run("Clinic a/b", steps, journal);
    Run heldBack = runner.run("Clinic a/b", steps, journal);
    // Then
    for (Run run : List.of(refused, heldBack)) {
      assertThat(run.done()).containsExactly(close);
      assertThat(run.failed()).extracting(Run.StepFailure::step).containsExactly(create("a.com"));
    }
    assertThat(ngrok.log())
        .containsExactly("create reserved_domains", "delete endpoints", "delete endpoints");
  }

  @Test
  void aDeletionThatWaitsForARequestHoldsBackNoCut() {
    // Given
    ngrok.failing("delete reserved_domains", ScriptedNgrok.failure(Failure.THROTTLED));
    Step waits = delete("rd_9").in(Lane.DELETING);
    Step cut = new Step.Delete(Resource.ENDPOINTS, "ep_1", "https://a.com");
    Step later = new Step.Delete(Resource.ENDPOINTS, "ep_2", "https://b.com").in(Lane.DELETING);
    // When
    Run run = runner.run("Clinic a/b", List.of(waits, later, cut), journal);
    // Then
    assertThat(run.done()).containsExactly(cut);
    assertThat(run.failed()).extracting(Run.StepFailure::step).containsExactly(waits);
  }

  @Test
  void aRunEndsAfterTheStepInHandWhenSomethingUrgentWaits() {
    // Given
    AtomicBoolean urgent = new AtomicBoolean();
    List<Step> steps = List.of(create("a.com"), create("b.com"));
    Journal noticing =
        new Journal() {
          @Override
          public void intend(Step.Create<?, ?> step) {}

          @Override
          public void done(Step step, RemoteObject answer) {
            urgent.set(true);
          }
        };
    // When
    Run run =
        runner.run(runner.turn(new Party("a", "b", "Clinic", "b")), steps, noticing, urgent::get);
    // Then
    assertThat(run.cut()).isTrue();
    assertThat(run.done()).containsExactly(create("a.com"));
    assertThat(run.failed()).isEmpty();
    assertThat(runner.run("Clinic a/b", steps, journal).cut()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void whatMayHaveHappenedIsDoubted(Failure failure) {
    // Given
    ngrok.failing("create reserved_domains", ScriptedNgrok.failure(failure));
    // When
    runner.run("Clinic a/b", List.of(create("a.com")), journal);
    // Then
    boolean doubtful =
        List.of(Failure.OUTCOME_UNKNOWN, Failure.ALREADY_EXISTS, Failure.NOT_FOUND)
            .contains(failure);
    assertThat(inventory.isKnown(Resource.RESERVED_DOMAINS)).isEqualTo(!doubtful);
    assertThat(inventory.isKnown(Resource.RESERVED_ADDRS)).isTrue();
  }

  @Test
  void anObjectThatIsGoneWhenItIsUpdatedIsForgotten() {
    // Given
    inventory.wrote(Resource.RESERVED_DOMAINS, domain("rd_1"));
    // When
    Run run = runner.run("Clinic a/b", List.of(update("rd_1")), journal);
    // Then
    assertThat(run.failed())
        .singleElement()
        .extracting(f -> f.failure())
        .isEqualTo(Failure.NOT_FOUND);
    assertThat(inventory.byID(Resource.RESERVED_DOMAINS, "rd_1").isPresent()).isFalse();
    assertThat(journal.notes).isEmpty();
  }

  @Test
  void sessionsAreLookedAtAnewAfterACredentialWasRevoked() {
    // Given
    TunnelSession session =
        new TunnelSession("ts_1", "3", new Ref("cr_1", ""), null, null, null, null, null);
    inventory.wrote(Resource.TUNNEL_SESSIONS, session);
    // When
    runner.run("Clinic a/b", List.of(new Step.Delete(Resource.CREDENTIALS, "cr_1", "x")), journal);
    // Then
    assertThat(inventory.isKnownTo(Resource.TUNNEL_SESSIONS, "Clinic a/b")).isFalse();
    assertThat(inventory.isKnownTo(Resource.TUNNEL_SESSIONS, "Clinic c/d")).isTrue();
  }

  @Test
  void sessionsAreLookedAtAnewAfterACredentialMayHaveBeenRevoked() {
    // Given
    ngrok.failing("delete credentials", ScriptedNgrok.failure(Failure.OUTCOME_UNKNOWN));
    // When
    runner.run("Clinic a/b", List.of(new Step.Delete(Resource.CREDENTIALS, "cr_1", "x")), journal);
    // Then
    assertThat(inventory.isKnownTo(Resource.TUNNEL_SESSIONS, "Clinic a/b")).isFalse();
    assertThat(inventory.isKnown(Resource.CREDENTIALS)).isFalse();
  }

  @Test
  void aStepThatFailedIsHeldBackWithoutACallAndOthersAreNot() {
    // Given
    ngrok.failing("create reserved_domains", ScriptedNgrok.failure(Failure.CONFLICT));
    runner.run("Clinic a/b", List.of(create("a.com")), journal);
    // When
    Run run = runner.run("Clinic a/b", List.of(create("a.com"), create("b.com")), journal);
    // Then
    assertThat(run.done()).containsExactly(create("b.com"));
    assertThat(run.failed()).extracting(Run.StepFailure::step).containsExactly(create("a.com"));
    assertThat(run.nextAttempt()).contains(NOW.plusSeconds(10));
    assertThat(ngrok.log()).hasSize(2);
  }

  @Test
  void theSameStepOfAnotherOwnerIsNotHeldBack() {
    // Given
    ngrok.failing("create reserved_domains", ScriptedNgrok.failure(Failure.CONFLICT));
    runner.run("Clinic a/b", List.of(create("a.com")), journal);
    // When
    Run run = runner.run("Clinic a/c", List.of(create("a.com")), journal);
    // Then
    assertThat(run.progressed()).isTrue();
  }

  @Test
  void whatTheJournalThrowsEndsTheRunWithTheObjectInTheInventory() {
    // Given
    Journal failing =
        new Journal() {
          @Override
          public void intend(Step.Create<?, ?> step) {}

          @Override
          public void done(Step step, RemoteObject answer) {
            throw new IllegalStateException("conflict");
          }
        };
    Step address =
        new Step.Create<>(
            Resource.RESERVED_ADDRS,
            new ReservedAddr.Create("d", "m", "us"),
            "x",
            Lane.CHANGE,
            List.of());
    // Then
    assertThatThrownBy(() -> runner.run("Clinic a/b", List.of(address, delete("x")), failing))
        .hasMessage("conflict");
    assertThat(inventory.all(Resource.RESERVED_ADDRS)).hasSize(1);
    assertThat(ngrok.log()).containsExactly("create reserved_addrs");
  }

  @Test
  void whoseMarkSomethingCarriedIsToldWhenItCarriesAnothers() {
    // Given
    Owner giver = new Owner("Clinic", "a", "b");
    Mark own = Mark.of("i", giver, "uid", "b");
    Mark taken = Mark.of("i", new Owner("Clinic", "c", "d"), "uid", "d");
    ngrok.put(Resource.RESERVED_DOMAINS, domain("rd_9", own));
    ngrok.sweepInto(inventory);
    List<Owner> told = new ArrayList<>();
    PlanRunner telling =
        new PlanRunner(
            ngrok, AgentPort.NONE, inventory, new Attempts(), told::add, Clock.systemUTC());
    // Then
    telling.run("Clinic a/b", List.of(remark("rd_9", own.retired(NOW))), new Notes());
    assertThat(told).isEmpty();
    telling.run("Clinic c/d", List.of(remark("rd_9", taken)), new Notes());
    assertThat(told).containsExactly(giver);
  }

  private static Step remark(String id, Mark mark) {
    return new Step.Update<>(
        Resource.RESERVED_DOMAINS,
        id,
        new ReservedDomain.Update(null, mark.text()),
        id,
        Lane.CHANGE,
        Cause.MANIFEST);
  }

  private static ReservedDomain domain(String id, Mark mark) {
    return new ReservedDomain(
        id, null, id + ".com", null, mark.text(), null, null, null, null, null);
  }

  /** An access token may lack the scope for one step, and have that for the others. */
  @ParameterizedTest
  @CsvSource({
    "ERR_NGROK_29001, create reserved_domains + delete endpoints",
    "ERR_NGROK_256,   create reserved_domains + delete endpoints",
    "ERR_NGROK_206,   create reserved_domains",
  })
  void aMissingScopeHoldsOnlyItsOwnStepBack(String code, String sent) {
    ngrok.failing(
        "create reserved_domains",
        new NgrokException(Failure.UNAUTHORIZED, code, "it is refused", null));

    runner.run(
        "Clinic a/b",
        List.of(create("a.com"), new Step.Delete(Resource.ENDPOINTS, "ep_1", "x", Cause.CLOSING)),
        journal);

    assertThat(String.join(" + ", ngrok.log())).isEqualTo(sent);
  }

  private static Step create(String domain) {
    return new Step.Create<>(
        Resource.RESERVED_DOMAINS,
        new ReservedDomain.Create(domain, "d", "m"),
        domain,
        Lane.CHANGE,
        List.of());
  }

  private static Step credential() {
    return new Step.Create<>(
        Resource.CREDENTIALS,
        new Credential.Create("d", "m", List.of("bind:*.a.internal"), "u"),
        "of a/b",
        Lane.CHANGE,
        List.of());
  }

  private static Step update(String id) {
    return new Step.Update<>(
        Resource.RESERVED_DOMAINS,
        id,
        new ReservedDomain.Update(null, "m2"),
        id,
        Lane.CHANGE,
        Cause.MANIFEST);
  }

  private static Step delete(String id) {
    return new Step.Delete(Resource.RESERVED_DOMAINS, id, id);
  }

  private static ReservedDomain domain(String id) {
    return new ReservedDomain(id, null, id + ".com", null, "m", null, null, null, null, null);
  }
}
