package dev.clinicnet.operator.account;

import dev.clinicnet.operator.claim.KnownID;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Who wants to know what a sweep found. */
public interface SweepListener {

  /** Nobody. */
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

  /**
   * Resources were listed, and the inventory does not know it yet: the last moment to notice that
   * this is another account.
   *
   * @param missing whether an object of a listed resource is not there any more
   * @param complete whether all resources were listed, not only some
   */
  void listed(Set<Resource<?, ?, ?>> resources, Predicate<KnownID> missing, boolean complete);

  /**
   * A sweep has ended.
   *
   * @param changed rows that are new, gone or different, old and new
   * @param waiters who asked for it
   * @param complete whether all resources were listed, not only some
   */
  void swept(List<RemoteObject> changed, Set<Owner> waiters, boolean complete);

  /** A sweep could not be completed. */
  void failed(NgrokException failure);
}
