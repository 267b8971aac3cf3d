package dev.clinicnet.simulator.traffic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The run of one connection or request through one phase of a policy. Used by one thread. */
final class Run {
  private final Phase phase;
  private final Endpoint endpoint;
  private final ClientConnection connection;
  private final TrafficAccount account;
  private final Map<String, Object> vars = new LinkedHashMap<>();
  private final Map<String, Object> findings;
  private TLSFacts tls;
  private HTTPRequest request;
  private HTTPResponse response;
  private Unmodelled unmodelled;

  Run(
      Phase phase,
      Endpoint endpoint,
      ClientConnection connection,
      TrafficAccount account,
      Map<String, Object> findings) {
    this.phase = phase;
    this.endpoint = endpoint;
    this.connection = connection;
    this.account = account;
    this.findings = new LinkedHashMap<>(findings);
  }

  /** The same request's run through the rules on its response. */
  Run onResponse(HTTPResponse value) {
    Run run = new Run(Phase.RESPONSE, endpoint, connection, account, findings);
    run.tls = tls;
    run.request = request;
    run.response = value;
    return run;
  }

  Phase phase() {
    return phase;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  ClientConnection connection() {
    return connection;
  }

  TrafficAccount account() {
    return account;
  }

  /**
   * The variables that {@code set-vars} has set in this phase. They are visible nowhere else
   * (documented).
   */
  Map<String, Object> vars() {
    return vars;
  }

  /** The results of the actions, by the action's name: {@code actions.ngrok}. */
  Map<String, Object> findings() {
    return findings;
  }

  Optional<TLSFacts> tls() {
    return Optional.ofNullable(tls);
  }

  void tls(TLSFacts facts) {
    this.tls = facts;
  }

  /** Empty on connect. */
  Optional<HTTPRequest> request() {
    return Optional.ofNullable(request);
  }

  void request(HTTPRequest value) {
    this.request = value;
  }

  /** Empty before the upstream has answered. */
  Optional<HTTPResponse> response() {
    return Optional.ofNullable(response);
  }

  void response(HTTPResponse value) {
    this.response = value;
  }

  /**
   * Keeps the error of an unmodelled feature, because the operators of CEL ignore an error that
   * does not affect their result.
   */
  Unmodelled note(Unmodelled e) {
    this.unmodelled = e;
    return e;
  }

  /** Throws the kept error. */
  void requireModelled() {
    if (unmodelled != null) {
      throw unmodelled;
    }
  }
}
