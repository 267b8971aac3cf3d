package dev.clinicnet.simulator.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests and responses as their bytes on a connection. */
final class RawHTTP {
  private RawHTTP() {}

  /** Sends a text to a URL, and reads until the end of the connection. */
  static String exchange(EdgeClient client, String url, String text) throws IOException {
    try (Socket socket = client.connect(url)) {
      send(socket, text);
      return text(socket.getInputStream());
    }
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Reads until the end of the connection, or until it breaks. */
  static String text(InputStream input) {
    StringBuilder text = new StringBuilder();
    try {
      for (int each = input.read(); each >= 0; each = input.read()) {
        text.append((char) each);
      }
    } catch (IOException e) {
      text.append("(broken off)");
    }
    return text.toString();
  }
}
