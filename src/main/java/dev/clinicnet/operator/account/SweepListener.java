package dev.clinicnet.operator.account;

import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.RemoteObject;
import java.util.List;
import java.util.Set;

/** Who wants to know what a sweep found. */
public interface SweepListener {

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
