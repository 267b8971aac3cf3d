package dev.clinicnet.operator.reconcile;

/**
 * Decides on the state of an object, as often as the state changes within a pass.
 *
 * @param <D> the type of the decisions
 */
@FunctionalInterface
public interface Decider<D> {
  /** Observes and decides. */
  D decide();

  /**
   * Whether the last decision was made on a cache that may be old. Its steps may be asked a turn
   * for, and wait. Before they are carried out, the decision is made again.
   */
  default boolean isProvisional() {
    return false;
  }
}
