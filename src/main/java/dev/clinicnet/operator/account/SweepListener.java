package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Receives the results of sweeps. */
public interface SweepListener {

  /** A listener that does nothing. */
  SweepListener NONE =
      new SweepListener() {
        @Override
        public void listed(
            Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete) {}

        @Override
        public void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete) {}

        @Override
        public void failed(NgrokException failure) {}
      };

  /** A sweep begins. */
  default void begins() {}

  /**
   * Resources were listed, but the inventory does not have the lists yet. This is the last moment
   * to notice that this is another account.
   *
   * @param missing whether an object of a listed resource is missing
   * @param complete whether all resources were listed, not only some
   */
  void listed(Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete);

  /**
   * A sweep has ended.
   *
   * @param changed the rows that are new, gone or different: both their old and their new versions
   * @param waiters the objects that asked for the sweep
   * @param complete whether all resources were listed, not only some
   */
  void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete);

  /**
   * Whether objects that are being deleted will soon ask for another list of agent sessions,
   * because their authtokens are still there.
   */
  default boolean expectsRevocations() {
    return false;
  }

  /** A sweep failed. */
  void failed(NgrokException failure);
}
