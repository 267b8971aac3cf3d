package dev.clinicnet.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Attempts;
import dev.clinicnet.operator.plan.PlanRunner;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The deletion of an object that an earlier process may have seen, but not this one. */
class OrphansTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofDays(7);

  private final ScriptedNgrok ngrok = new ScriptedNgrok();
  private final Inventory inventory = new Inventory();

  @Test
  void theCredentialOfADeletedNamespaceIsRevokedAfterTheUndoWindow() {
    put("cr_gone", mark("gone"));
    put("cr_there", mark("there"));
    Predicate<String> deleted = "gone"::equals;

    sweep(WINDOW, deleted, NOW);
    assertThat(ids()).containsExactlyInAnyOrder("cr_gone", "cr_there");
    assertThat(retiredAt("cr_gone")).isEqualTo(NOW.toString());
    assertThat(retiredAt("cr_there")).isNull();

    sweep(WINDOW, deleted, NOW.plus(WINDOW).minusSeconds(1));
    assertThat(ids()).contains("cr_gone");
    sweep(WINDOW, deleted, NOW.plus(WINDOW));
    assertThat(ids()).containsExactly("cr_there");
  }

  @Test
  void whatWasRetainedAndWhatLiesWhereNothingIsKnownOfNamespacesStays() {
    put("cr_kept", mark("gone").retained());
    sweep(Duration.ZERO, "gone"::equals, NOW);
    assertThat(ids()).containsExactly("cr_kept");

    put("cr_unknown", mark("gone"));
    sweep(Duration.ZERO, namespace -> false, NOW);
    assertThat(ids()).containsExactlyInAnyOrder("cr_kept", "cr_unknown");
  }

  /** A new process that looks twice, because a deleted object may leave the cache early. */
  private void sweep(Duration window, Predicate<String> deleted, Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    PlanRunner runner = new PlanRunner(ngrok, inventory, new Attempts(), clock);
    Orphans orphans =
        new Orphans(new Settings("i", window), Set.of(), deleted, inventory, runner, clock);
    for (int i = 0; i < 2; i++) {
      ngrok.sweepInto(inventory);
      orphans.sweep(owner -> true);
    }
  }

  private void put(String id, Mark mark) {
    ngrok.put(
        Resource.CREDENTIALS,
        new Credential(
            id,
            "2026-01-01T00:00:00Z",
            null,
            mark.text(),
            List.of("bind:*.c.internal"),
            "usr_1",
            null));
  }

  private List<String> ids() {
    return inventory.all(Resource.CREDENTIALS).stream().map(Credential::id).toList();
  }

  private String retiredAt(String id) {
    return Mark.on(inventory.byID(Resource.CREDENTIALS, id).get()).orElseThrow().retiredAt();
  }

  private static Mark mark(String namespace) {
    return Mark.of("i", new Owner("Clinic", namespace, "c"), "uid", "c");
  }
}
