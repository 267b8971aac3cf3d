package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinicnet.simulator.agentapi.AgentVersion;
import dev.clinicnet.simulator.wire.Auth;
import java.net.InetAddress;
import java.util.Locale;

/**
 * What an agent says of itself when it logs in, in the form of its session.
 *
 * @param stops whether the platform can stop it
 * @param restarts whether the platform can restart it
 * @param updates whether the platform can update it
 */
record AgentSelf(
    String metadata,
    String version,
    String ip,
    String os,
    boolean stops,
    boolean restarts,
    boolean updates) {

  /** An agent of the simulator, at an address of a documentation network. */
  static AgentSelf simulated(AgentConfig config, AgentVersion version) {
    boolean remote = config.remoteManagement();
    return new AgentSelf(
        config.metadata(), version.toString(), "198.51.100.7", "linux", remote, remote, remote);
  }

  /** An agent outside of the simulator. */
  static AgentSelf of(Auth.Extra extra, InetAddress peer) {
    return new AgentSelf(
        extra.metadata(),
        extra.version(),
        peer.getHostAddress(),
        extra.os().toLowerCase(Locale.ROOT),
        "".equals(extra.stopUnsupported()),
        "".equals(extra.restartUnsupported()),
        "".equals(extra.updateUnsupported()));
  }

  void write(ObjectNode session) {
    session
        .put("metadata", metadata)
        .put("agent_version", version)
        .put("ip", ip)
        .put("os", os)
        .put("stops", stops)
        .put("restarts", restarts)
        .put("updates", updates);
  }
}
