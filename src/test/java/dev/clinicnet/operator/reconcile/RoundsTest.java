package dev.clinicnet.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.account.Account;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
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

  @Test
  void aStepOfAProvisionalDecisionWaitsAndIsNotCarriedOut() {
    Rounds<List<Step>> rounds = run(waiting(), provisionalThen(List.of(CREATE)));

    assertThat(rounds.run().onlyWaits()).isTrue();
    assertThat(rounds.decision()).containsExactly(CREATE);
    assertThat(ngrok.log()).isEmpty();
  }

  @Test
  void aProvisionalDecisionIsMadeAgainWhenItsTurnHasCome() {
    Rounds<List<Step>> rounds = run(free(), provisionalThen(List.of(CREATE), List.of()));

    assertThat(rounds.decision()).isEmpty();
    assertThat(ngrok.log()).isEmpty();
  }

  @Test
  void aProvisionalDecisionWithoutPermittedStepsIsMadeAgain() {
    Rounds<List<Step>> rounds =
        run(waiting(), provisionalThen(List.of(), List.of(WRITE), List.of()));

    assertThat(rounds.decision()).isEmpty();
    assertThat(writes).containsExactly(WRITE);
  }

  private Rounds<List<Step>> run(List<List<Step>> decisions) {
    Iterator<List<Step>> next = decisions.iterator();
    return run(free(), next::next);
  }

  private Rounds<List<Step>> run(Turn turn, Decider<List<Step>> decider) {
    return Rounds.of(
        account(), turn, new Writes(), decider, Function.identity(), steps -> steps, () -> false);
  }

  private Turn free() {
    return Turn.free(ngrok, new Party("clinics", "one", "Clinic", "one"));
  }

  /** The turn of an object whose turn has not come. */
  private Turn waiting() {
    Turn free = free();
    return new Turn() {
      @Override
      public void await(Lane lane) {
        throw ScriptedNgrok.failure(Failure.WAITING);
      }

      @Override
      public Party party() {
        return free.party();
      }

      @Override
      public NgrokApi api() {
        return free.api();
      }

      @Override
      public void close() {}
    };
  }

  /** Only the first of some decisions is provisional. */
  @SafeVarargs
  private static Decider<List<Step>> provisionalThen(List<Step>... decisions) {
    return new Decider<>() {
      private int made;

      @Override
      public List<Step> decide() {
        return decisions[made++];
      }

      @Override
      public boolean isProvisional() {
        return made == 1;
      }
    };
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
