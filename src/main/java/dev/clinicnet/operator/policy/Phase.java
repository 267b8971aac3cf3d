package dev.clinicnet.operator.policy;

/** When a rule runs. ngrok runs the phases in this order; the older names are deprecated. */
public enum Phase {
  /** On a new connection, before any byte of it is read. */
  ON_TCP_CONNECT("on_tcp_connect"),
  /** On a request; only http and https endpoints have it. */
  ON_HTTP_REQUEST("on_http_request"),
  /** On a response; only http and https endpoints have it. */
  ON_HTTP_RESPONSE("on_http_response"),
  /** On each message of a streamed answer; only http and https endpoints have it. */
  ON_EVENT_STREAM_MESSAGE("on_event_stream_message");

  private final String key;

  Phase(String key) {
    this.key = key;
  }

  /** The name that the document uses. */
  public String key() {
    return key;
  }
}
