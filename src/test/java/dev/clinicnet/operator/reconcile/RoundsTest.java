package dev.clinicnet.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Party;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.Turn;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import dev.clinicnet.operator.plan.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Deciding and acting in turns. */
class RoundsTest {
  private static final Step WRITE = new Step.Write("DNSEndpoint", "one");
  private static final Step CREATE =
      new Step.Create<>(
          Resource.RESERVED_DOMAINS,
          new ReservedDomain.Create("a.com", null, null),
          "a.com",
          Lane.CHANGE,
          List.of());

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final List<Step> writes = new ArrayList<>();

  @Test
  void aWriteIsRepeatedAfterAnotherStepThatItMayRestOn() {
    Rounds<List<Step>> rounds =
        run(List.of(List.of(WRITE, CREATE), List.of(CREATE), List.of(WRITE), List.of()));

    assertThat(writes).containsExactly(WRITE, WRITE);
    assertThat(rounds.decision()).isEmpty();
  }

  @Test
  void aWriteThatSomebodyUndoesAtOnceIsNotRepeated() {
    run(List.of(List.of(WRITE), List.of(WRITE), List.of(WRITE)));

    assertThat(writes).containsExactly(WRITE);
  }

  @Test
  void aStepThatOnlyWaitsForItsTurnIsNotDecidedAgain() {
    ngrok.failing("create reserved_domains", ScriptedNgrok.failure(Failure.WAITING));

    Rounds<List<Step>> rounds = run(List.of(List.of(CREATE)));

    assertThat(rounds.run().waits()).isTrue();
    assertThat(rounds.decision()).containsExactly(CREATE);
  }

  private Rounds<List<Step>> run(List<List<Step>> decisions) {
    Iterator<List<Step>> next = decisions.iterator();
    return Rounds.of(
        account(),
        Turn.free(ngrok, new Party("clinics", "one", "Clinic", "one")),
        new Writes(),
        next::next,
        Function.identity(),
        steps -> steps,
        () -> false);
  }

  private Account account() {
    Inventory inventory = new Inventory();
    Attempts attempts = new Attempts();
    Clock clock = Clock.systemUTC();
    PlanRunner runner = new PlanRunner(ngrok, inventory, attempts, clock);
    return Account.unswept("default", ngrok, inventory, runner, attempts, clock);
  }

  private final class Writes implements Journal {
    @Override
    public void intend(Step.Create<?, ?> step) {}

    @Override
    public void done(Step step, RemoteObject answer) {}

    @Override
    public boolean write(Step.Write step) {
      return writes.add(step);
    }
  }
}
