package dev.clinicnet.operator.account;

import dev.clinicnet.operator.ngrok.RemoteObject;
import java.util.List;

/** Who wants to know what a sweep found. */
public interface SweepListener {

  /**
   * A sweep has ended.
   *
   * @param changed rows that are new, gone or different, old and new
   * @param complete whether all resources were listed, not only some
   */
  void swept(List<RemoteObject> changed, boolean complete);

  /** A sweep could not be completed. */
  void failed();
}
