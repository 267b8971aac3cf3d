package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Connected;
import dev.clinicnet.simulator.traffic.Decision;
import java.io.IOException;
import java.util.List;

/** Finds the endpoint for the requests of one connection. */
interface HTTPHosts {

  /**
   * The endpoint for a request, and the results of its rules on connect.
   *
   * @param decisions the decisions of the rules on connect
   */
  record Admitted(OnlineEndpoint endpoint, Connected connected, List<Decision> decisions) {}

  /**
   * The endpoint for a host.
   *
   * @throws Refusal if there is none
   */
  Admitted admit(String host) throws Refusal, IOException;
}
