package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The way to an upstream through an agent that runs outside of the simulator. */
@FunctionalInterface
public interface Carrier {

  /**
   * Opens a connection through the agent.
   *
   * @param client the address that the agent learns
   * @param encrypted whether the bytes are the client's own TLS
   * @throws IOException if the agent has gone
   */
  Socket open(InetSocketAddress client, boolean encrypted) throws IOException;
}
