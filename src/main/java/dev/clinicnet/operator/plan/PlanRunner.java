package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Changes;
import dev.clinicnet.operator.ngrok.Failure;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Party;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.Turn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Carries out plans: one step after the other, each noted in the inventory and the journal. A
 * failed step does not hold back the others, unless no step could succeed. After a step for which
 * there is no free request, only steps that close something of another resource go on. A deletion
 * of the same resource could remove the object that the step must replace.
 */
public final class PlanRunner {
  private static final Logger LOGGER = LoggerFactory.getLogger(PlanRunner.class);
  private static final Set<Failure> HOPELESS_FOR_ALL =
      EnumSet.of(Failure.UNAUTHORIZED, Failure.UNAVAILABLE, Failure.NOT_LEADING);

  private final NgrokApi api;
  private final AgentPort agents;
  private final Inventory inventory;
  private final Attempts attempts;
  private final Consumer<Owner> givers;
  private final Clock clock;
  private final SharedNames sharedNames = new SharedNames();

  /** A runner for one account without calls to its agents. */
  public PlanRunner(NgrokApi api, Inventory inventory, Attempts attempts, Clock clock) {
    this(api, AgentPort.NONE, inventory, attempts, owner -> {}, clock);
  }

  /**
   * A runner for one account and its agents.
   *
   * @param givers gets the owner in the former mark of an object that carries another mark now
   */
  public PlanRunner(
      NgrokApi api,
      AgentPort agents,
      Inventory inventory,
      Attempts attempts,
      Consumer<Owner> givers,
      Clock clock) {
    this.api = api;
    this.agents = agents;
    this.inventory = inventory;
    this.attempts = attempts;
    this.givers = givers;
    this.clock = clock;
  }

  /**
   * Carries out steps of the operator itself, in their order.
   *
   * @param owner the owner of the steps, by which failed attempts are kept
   */
  public Run run(String owner, List<Step> steps, Journal journal) {
    attempts.keep(owner, steps);
    try (Turn turn = api.turn(Party.OPERATOR)) {
      return run(owner, steps, journal, () -> false, turn);
    }
  }

  /** Begins the turn of an object for one pass, which the caller closes. */
  public Turn turn(Party party) {
    return api.turn(party);
  }

  /**
   * Carries out the steps of an object in their order. If a step must wait for its turn in the
   * request budget, the object is called when it comes.
   *
   * @param turn the turn of the object
   * @param giveWay says before each step whether something more urgent waits for this run to end
   */
  public Run run(Turn turn, List<Step> steps, Journal journal, BooleanSupplier giveWay) {
    return run(turn.party().toString(), steps, journal, giveWay, turn);
  }

  /**
   * Asks for the turn of a step, and does not carry it out. If it must wait for its turn in the
   * request budget, the object is called when it comes.
   *
   * @return the step that waits; empty if it need not wait, or has failed and may not be tried yet
   */
  public Optional<Run.StepFailure> mustWait(Turn turn, Step planned) {
    String owner = turn.party().toString();
    Step step = attempts.inItsLane(owner, planned);
    if (attempts.blocking(owner, step, clock.instant()).isPresent()) {
      return Optional.empty();
    }
    try {
      turn.await(step.lane());
      return Optional.empty();
    } catch (NgrokException e) {
      return e.failure() == Failure.WAITING
          ? Optional.of(
              new Run.StepFailure(planned, attempts.fail(owner, step, e, clock.instant())))
          : Optional.empty();
    }
  }

  /** An object has nothing to send, so it gives up its place in the request budget. */
  public void leave(Party party) {
    api.leave(party);
  }

  /**
   * An object can send nothing before the account was listed. If it has a place in the request
   * budget in this lane or in an earlier one, it keeps it, and is called in its turn after that.
   */
  public void rest(Party party, Lane lane) {
    api.rest(party, lane);
  }

  private Run run(
      String owner, List<Step> steps, Journal journal, BooleanSupplier giveWay, Turn turn) {
    List<Step> done = new ArrayList<>();
    List<Run.StepFailure> failed = new ArrayList<>();
    for (Step planned : steps) {
      Step step = attempts.inItsLane(owner, planned);
      if (giveWay.getAsBoolean()) {
        return new Run(done, failed, true);
      }
      if (failed.stream().anyMatch(failure -> failure.keepsBack(step))) {
        continue;
      }
      if (step instanceof Step.Write write) {
        if (!journal.write(write)) {
          continue;
        }
        done.add(planned);
        log(owner, step);
        break; // Later steps may depend on the written object, so they are decided again.
      }
      Optional<Attempts.Failed> blocking = attempts.blocking(owner, step, clock.instant());
      if (blocking.isPresent()) {
        failed.add(new Run.StepFailure(planned, blocking.get()));
        continue;
      }
      try {
        boolean sent = execute(owner, step, journal, turn);
        attempts.succeed(owner, step);
        done.add(planned);
        if (sent) {
          log(owner, step);
        }
      } catch (NgrokException e) {
        logFailure(owner, step, e);
        Run.StepFailure failure =
            new Run.StepFailure(planned, attempts.fail(owner, step, e, clock.instant()));
        if (failure.isUncertain() && step instanceof Step.Remote remote) {
          inventory.doubt(remote.resource());
          doubtSessions(owner, remote);
        }
        failed.add(failure);
        if (isHopelessForAll(step, e)) {
          break;
        }
      }
    }
    return new Run(done, failed);
  }

  /**
   * Logs a failure once, and not at each attempt. It is no warning: most steps succeed when they
   * are tried again. If a person must act, the report of the condition is the warning.
   */
  private void logFailure(String owner, Step step, NgrokException e) {
    boolean again =
        e.failure() == Failure.WAITING
            || attempts.last(owner, step).filter(failed -> failed.failure().isAgain(e)).isPresent();
    LOGGER
        .atLevel(again ? Level.DEBUG : Level.INFO)
        .log("{}: could not {}: {}", owner, step, e.logText());
  }

  private static void log(String owner, Step step) {
    if (step.drift().isEmpty()) {
      LOGGER.info("{}: {}", owner, step);
    } else {
      LOGGER.warn("{}: {}, because somebody else changed it: {}", owner, step, step.drift());
    }
  }

  /** An offline agent says nothing about the platform. */
  private static boolean isHopelessForAll(Step step, NgrokException e) {
    return step instanceof Step.AgentStep
        ? e.failure() == Failure.NOT_LEADING
        : HOPELESS_FOR_ALL.contains(e.failure()) && !e.isOfOneRequest();
  }

  /** Returns whether anything was sent. */
  private boolean execute(String owner, Step step, Journal journal, Turn turn) {
    if (!(step instanceof Step.AgentStep)) {
      turn.await(step.lane());
    }
    if (step instanceof Step.Create<?, ?> || step instanceof Step.Update<?, ?>) {
      journal.begin();
    }
    NgrokApi mine = turn.api();
    if (step instanceof Step.Create<?, ?> create) {
      return create.resource().is(Resource.Trait.SHARED)
          ? sharedNames.inTurn(create, () -> createShared(create, journal, mine))
          : create(create, journal, mine);
    } else if (step instanceof Step.Update<?, ?> update) {
      update(update, journal, mine);
    } else if (step instanceof Step.Delete delete) {
      mine.delete(delete.resource(), delete.id(), delete.lane());
      inventory.deleted(delete.resource(), delete.id());
      doubtSessions(owner, delete);
    } else if (step instanceof Step.StopSession stop) {
      mine.stopTunnelSession(stop.id(), stop.lane());
      inventory.deleted(Resource.TUNNEL_SESSIONS, stop.id());
    } else if (step instanceof Step.RestartSession restart) {
      journal.intend(restart);
      mine.restartTunnelSession(restart.id(), restart.lane());
      // The agent returns with another session.
      inventory.deleted(Resource.TUNNEL_SESSIONS, restart.id());
    } else if (step instanceof Step.StartAgentEndpoint start) {
      journal.intend(start);
      // The result is known when the agent answers, or when the endpoint is listed.
      inventory.note(Resource.ENDPOINTS, Keys.name(start.url()), AgentNote.ASKED);
      agents.start(start);
      inventory.note(Resource.ENDPOINTS, Keys.name(start.url()), start.fingerprint());
    } else if (step instanceof Step.StopAgentEndpoint stop) {
      agents.stop(stop);
      inventory.note(Resource.ENDPOINTS, Keys.name(stop.url()), AgentNote.STOPPED);
      journal.stopped(stop);
    }
    return true;
  }

  /** Sessions that began since the last list must be seen before the owner counts as cut off. */
  private void doubtSessions(String owner, Step.Remote step) {
    if (step instanceof Step.Delete delete && delete.resource().equals(Resource.CREDENTIALS)) {
      inventory.doubt(Resource.TUNNEL_SESSIONS, owner);
    }
  }

  /** Creates an object, unless a pass over another manifest has done so since the decision. */
  private boolean createShared(Step.Create<?, ?> step, Journal journal, NgrokApi mine) {
    return inventory.find(step.resource(), Keys.name(step.name())).optional().isEmpty()
        && create(step, journal, mine);
  }

  private <T extends RemoteObject, C> boolean create(
      Step.Create<T, C> step, Journal journal, NgrokApi mine) {
    if (step.resource().is(Resource.Trait.JOURNALED)) {
      journal.intend(step);
    }
    T answer = mine.create(step.resource(), step.body(), step.lane());
    inventory.wrote(step.resource(), step.resource().type().cast(answer.withoutSecret()));
    journal.done(step, answer);
    return true;
  }

  private <T extends RemoteObject, U extends Changes> void update(
      Step.Update<T, U> step, Journal journal, NgrokApi mine) {
    Optional<Owner> before = owner(step);
    T answer;
    try {
      answer = mine.update(step.resource(), step.id(), step.changes(), step.lane());
    } catch (NgrokException e) {
      if (e.failure() == Failure.NOT_FOUND) {
        inventory.deleted(step.resource(), step.id());
      }
      throw e;
    }
    inventory.wrote(step.resource(), step.resource().type().cast(answer.withoutSecret()));
    before.filter(giver -> !owner(step).equals(before)).ifPresent(givers);
    journal.done(step, answer);
  }

  /** The owner in the mark of a step's object. */
  private Optional<Owner> owner(Step.Update<?, ?> step) {
    return inventory.mark(step.resource(), step.id()).flatMap(Mark::owner);
  }
}
