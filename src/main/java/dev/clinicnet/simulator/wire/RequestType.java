package dev.clinicnet.simulator.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a stream is for: its first 4 bytes, big-endian. */
public enum RequestType {
  AUTH(0),
  BIND(1),
  UNBIND(2),
  PROXY(3),
  RESTART(4),
  STOP(5),
  UPDATE(6),
  START_TUNNEL_WITH_LABEL(7),
  SERVER_INFO(8),
  STOP_TUNNEL(9),
  PATCH_TUNNEL(10),
  HEARTBEAT(0xffffffff);

  private final int number;

  RequestType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** The word for it in paths of faults, such as {@code bind}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<RequestType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }
}
