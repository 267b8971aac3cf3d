package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.HTTPRequest;
import dev.clinicnet.simulator.traffic.HTTPResponse;
import java.io.IOException;
import java.util.concurrent.Executor;

/** One request to an upstream, and its response. */
interface Exchange extends AutoCloseable {

  /**
   * Sends the request and reads the head of its response. Another thread sends the request's body,
   * so that an upstream may answer before it has read everything.
   */
  HTTPResponse send(HTTPRequest request, Executor threads) throws IOException;

  /** Ends the exchange and its connection. */
  @Override
  void close();
}
