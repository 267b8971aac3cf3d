package dev.clinicnet.simulator.traffic;

import java.util.Collection;
import java.util.function.Consumer;

/** The header fields that a phase may change: those of the request or of the response. */
final class MessageHeaders {
  private MessageHeaders() {}

  static Headers of(Run run) {
    return run.phase() == Phase.RESPONSE
        ? run.response().orElseThrow().headers()
        : run.request().orElseThrow().headers();
  }

  /** Changes a copy, and leaves the original as it is. */
  static void change(Run run, Consumer<Headers> change) {
    Headers headers = of(run).copy();
    change.accept(headers);
    if (run.phase() == Phase.RESPONSE) {
      HTTPResponse old = run.response().orElseThrow();
      run.response(new HTTPResponse(old.status(), headers, old.body()));
    } else {
      HTTPRequest old = run.request().orElseThrow();
      run.request(
          new HTTPRequest(
              old.scheme(), old.method(), old.host(), old.target(), headers, old.body()));
    }
  }

  /** The same request to another host. */
  static HTTPRequest withHost(HTTPRequest old, String host) {
    return new HTTPRequest(
        old.scheme(), old.method(), host, old.target(), old.headers(), old.body());
  }

  /**
   * It is documented that {@code user-agent} may not be changed, but not what happens then.
   *
   * @throws Unmodelled if it is among the names
   */
  static void requireAllowed(Collection<String> names, Call call) {
    if (names.stream().anyMatch(name -> name.equalsIgnoreCase("user-agent"))) {
      throw new Unmodelled(
          "\"" + call.action() + "\" of user-agent in the rule \"" + call.rule() + "\"");
    }
  }
}
