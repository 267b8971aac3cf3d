package dev.clinicnet.operator.account;

import dev.clinicnet.operator.inventory.Owner;
import java.time.Instant;
import java.util.Optional;

/** What is known of the agents of Clinics. */
public interface SeenAgents {
  /** Nothing is known of any agent, and nobody waits for a list. */
  SeenAgents NONE =
      new SeenAgents() {
        @Override
        public boolean isOnline(Owner clinic) {
          return false;
        }

        @Override
        public boolean isLost(Owner clinic) {
          return false;
        }

        @Override
        public Optional<Instant> listedSince(Instant time) {
          return Optional.of(time);
        }
      };

  /** Whether the Clinic is known to have a connected agent. */
  boolean isOnline(Owner clinic);

  /**
   * Whether the Clinic is known to have no agent, although it may have one. Not while the lists
   * fail.
   */
  boolean isLost(Owner clinic);

  /** When the last list of agents ended, if it began after this time; empty if it did not. */
  Optional<Instant> listedSince(Instant time);
}
