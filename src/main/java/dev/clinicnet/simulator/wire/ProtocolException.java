package dev.clinicnet.simulator.wire;

import java.io.IOException;

/** The other side has broken the rules of the protocol, so the connection ends. */
final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  private final WireError error;

  ProtocolException(WireError error, String message) {
    super(message);
    this.error = error;
  }

  WireError error() {
    return error;
  }
}
