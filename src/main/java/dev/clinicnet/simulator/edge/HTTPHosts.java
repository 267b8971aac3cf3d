package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Connected;
import dev.clinicnet.simulator.traffic.Decision;
import java.io.IOException;
import java.util.List;

/** Which endpoint treats the requests of one connection. */
interface HTTPHosts {

  /**
   * The endpoint for a request, and what its rules on connect have said.
   *
   * @param decisions those of the rules on connect
   */
  record Admitted(OnlineEndpoint endpoint, Connected connected, List<Decision> decisions) {}

  /**
   * The one for a host.
   *
   * @throws Refusal if there is none
   */
  Admitted admit(String host) throws Refusal, IOException;
}
