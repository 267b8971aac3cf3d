package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The open sockets, with the agent's session of each. */
final class OpenConnections {
  /** The session for sockets without an agent. */
  private static final String NO_SESSION = "";

  private final Map<Socket, String> sessions = new ConcurrentHashMap<>();

  void add(Socket socket) {
    sessions.put(socket, NO_SESSION);
  }

  void add(Socket socket, String session) {
    sessions.put(socket, session);
  }

  void remove(Socket socket) {
    sessions.remove(socket);
  }

  /** Closes the sockets of one session. */
  void cut(String session) {
    sessions.forEach(
        (socket, of) -> {
          if (of.equals(session)) {
            cut(socket);
          }
        });
  }

  /** Closes all sockets. */
  void cutAll() {
    sessions.keySet().forEach(this::cut);
  }

  private void cut(Socket socket) {
    sessions.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }
}
