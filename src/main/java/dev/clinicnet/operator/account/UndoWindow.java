package dev.clinicnet.operator.account;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Journal;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.Step;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases retired names when their window has passed. It needs only the mark, because nothing else
 * is left of the owners.
 */
public final class UndoWindow {
  private static final Logger LOGGER = LoggerFactory.getLogger(UndoWindow.class);

  private final Settings settings;
  private final Inventory inventory;
  private final PlanRunner runner;
  private final Clock clock;

  /** The undo window of one account. */
  public UndoWindow(Settings settings, Inventory inventory, PlanRunner runner, Clock clock) {
    this.settings = settings;
    this.inventory = inventory;
    this.runner = runner;
    this.clock = clock;
  }

  /**
   * Releases the names that are due, and returns whether a name has become free.
   *
   * @param wanted whether the manifest of an owner exists and still asks for this name
   */
  public boolean release(BiPredicate<Owner, String> wanted) {
    List<Step> due = new ArrayList<>();
    for (Resource<?, ?, ?> resource : Resource.with(Resource.Trait.KEPT)) {
      for (RemoteObject name : inventory.all(resource)) {
        if (isDue(name, wanted)) {
          due.add(new Step.Delete(resource, name.id(), name.displayName()));
        }
      }
    }
    return !due.isEmpty() && runner.run("undo window", due, Journal.NONE).progressed();
  }

  private boolean isDue(RemoteObject name, BiPredicate<Owner, String> wanted) {
    return Mark.on(name)
        .filter(mark -> mark.instance().equals(settings.instance()))
        .filter(
            mark ->
                mark.owner().filter(owner -> !wanted.test(owner, name.displayName())).isPresent())
        .flatMap(this::keptUntil)
        .filter(end -> !clock.instant().isBefore(end))
        .isPresent();
  }

  private Optional<Instant> keptUntil(Mark mark) {
    Optional<Instant> end = mark.keptUntil(settings.undoWindow());
    if (mark.retiredAt() != null && end.isEmpty()) {
      LOGGER.warn("{} has a mark whose retiredAt cannot be read: it is kept", mark.owner());
    }
    return end;
  }
}
