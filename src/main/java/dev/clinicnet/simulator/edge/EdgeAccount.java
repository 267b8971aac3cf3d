package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.TrafficAccount;
import java.util.List;

/** The part of the account that the edge reads. Many threads may call every method. */
public interface EdgeAccount extends TrafficAccount {

  /** Every endpoint that is online now. */
  List<OnlineEndpoint> endpoints();
}
