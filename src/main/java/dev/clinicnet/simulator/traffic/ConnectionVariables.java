package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** {@code conn.*} without the certificates. */
final class ConnectionVariables {
  private ConnectionVariables() {}

  static Map<String, Variable> all() {
    Map<String, Variable> all = new HashMap<>();
    add(all, "client_ip", SimpleType.STRING, run -> Addresses.text(run.connection().client()));
    add(all, "client_port", SimpleType.INT, run -> (long) run.connection().client().getPort());
    add(all, "server_ip", SimpleType.STRING, run -> Addresses.text(run.connection().server()));
    add(all, "server_port", SimpleType.INT, run -> (long) run.connection().server().getPort());
    add(all, "ts.start", SimpleType.TIMESTAMP, run -> run.connection().since());
    add(all, "tls.sni", SimpleType.STRING, run -> run.connection().sni());
    add(
        all,
        "tls.version",
        SimpleType.STRING,
        run -> run.tls().map(TLSFacts::version).orElse(null));
    add(
        all,
        "tls.cipher_suite",
        SimpleType.STRING,
        run -> run.tls().map(TLSFacts::cipherSuite).orElse(null));
    add(
        all,
        "tls.session_resumed",
        SimpleType.BOOL,
        run -> run.tls().map(tls -> false).orElse(null));
    return all;
  }

  private static void add(
      Map<String, Variable> all, String name, CelType type, Function<Run, Object> value) {
    all.put("conn." + name, new Variable(type, value));
  }
}
