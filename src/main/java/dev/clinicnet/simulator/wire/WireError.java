package dev.clinicnet.simulator.wire;

/** The reasons for which muxado ends a stream or a connection. */
enum WireError {
  NONE(0),
  PROTOCOL(1),
  INTERNAL(2),
  FLOW_CONTROL(3),
  STREAM_CLOSED(4),
  STREAM_REFUSED(5),
  FRAME_SIZE(8);

  private final int code;

  WireError(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  int code() {
    return code;
  }
}
