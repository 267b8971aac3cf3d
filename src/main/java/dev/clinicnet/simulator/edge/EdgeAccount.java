package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.TrafficAccount;
import java.util.List;

/** What the edge reads of the account. Every method may be called from many threads. */
public interface EdgeAccount extends TrafficAccount {

  /** Every endpoint that is online now. */
  List<OnlineEndpoint> endpoints();
}
