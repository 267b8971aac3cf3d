package dev.clinicnet.operator.cli.inventory;

import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Deletes the objects that a person names. It looks at the account and at the manifests anew before
 * each of them.
 */
final class Deletions {
  private final NgrokApi api;
  private final Supplier<Look> looks;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * What is known at one moment.
   *
   * @param holdings the content of the account
   * @param rule the rule, with the manifests of that moment
   */
  record Look(List<Holding> holdings, DeletionRule rule) {
    Optional<Holding> find(String id) {
      return holdings.stream().filter(holding -> holding.id().equals(id)).findFirst();
    }
  }

  Deletions(NgrokApi api, Supplier<Look> looks, PrintWriter out, PrintWriter err) {
    this.api = api;
    this.looks = looks;
    this.out = out;
    this.err = err;
  }

  /**
   * Deletes objects, those that serve traffic first. If one of them may not be deleted, none is.
   *
   * @throws NgrokException when a list or a deletion fails; earlier deletions are printed
   */
  InventoryExit run(Set<String> ids) {
    Look first = looks.get();
    List<Holding> wanted = new ArrayList<>();
    int refused = 0;
    for (String id : ids) {
      Optional<Holding> found = first.find(id);
      Optional<String> refusal =
          found
              .map(holding -> first.rule().refusal(holding, ids))
              .orElse(Optional.of("no listed object of the account has this id"));
      if (refusal.isPresent()) {
        refused++;
        err.println(
            found.map(Holding::described).orElse(id) + " is not deleted: " + refusal.get() + ".");
      }
      found.ifPresent(wanted::add);
    }
    if (refused > 0) {
      err.println("Nothing was deleted.");
      return InventoryExit.REFUSED;
    }
    wanted.sort(Comparator.comparing(holding -> Resource.ALL.indexOf(holding.resource())));
    for (Holding holding : wanted) {
      Optional<String> refusal = deleteNow(holding);
      if (refusal.isPresent()) {
        err.println(
            holding.described()
                + " is not deleted: "
                + refusal.get()
                + ". The deletion ends here.");
        return InventoryExit.REFUSED;
      }
    }
    return InventoryExit.DONE;
  }

  /** Deletes one object, or says why it may not be deleted any more. */
  private Optional<String> deleteNow(Holding before) {
    Look now = looks.get();
    Optional<Holding> found = now.find(before.id());
    if (found.isEmpty()) {
      out.println("Gone already: " + before.described());
      return Optional.empty();
    }
    Holding holding = known(found.get(), before);
    if (!holding.isForTheSameAs(before)) {
      return Optional.of("it belongs to another owner since the first look");
    }
    Optional<String> refusal = now.rule().refusal(holding, Set.of());
    if (refusal.isEmpty()) {
      api.delete(holding.resource(), holding.id(), Lane.CHANGE);
      out.println("Deleted: " + holding.described());
      if (holding.resource().equals(Resource.CREDENTIALS)) {
        stopSessions(holding);
      }
    }
    return refusal;
  }

  /**
   * A service user is recognised by what is marked for its Clinic, and that may have just been
   * deleted. Then the first look counts.
   */
  private static Holding known(Holding now, Holding before) {
    return now.row() instanceof ServiceUser && now.holder() == Holder.NOBODY
        ? before.withUses(now.uses())
        : now;
  }

  /** Whether ngrok ends the sessions of a deleted credential at once is not documented. */
  private void stopSessions(Holding credential) {
    Set<String> stopped = new HashSet<>();
    for (Holding.Use use : credential.uses()) {
      if (stopped.add(use.by())) {
        api.stopTunnelSession(use.by(), Lane.CHANGE);
        out.println("Stopped: agent session " + use.by());
      }
    }
  }
}
