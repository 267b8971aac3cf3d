package dev.clinicnet.simulator.traffic;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Every documented variable by its full name. */
final class Variables {
  static final Map<String, Variable> ALL = all();

  private Variables() {}

  private static Map<String, Variable> all() {
    Map<String, Variable> all = new HashMap<>();
    all.putAll(ConnectionVariables.all());
    all.putAll(RequestVariables.all());
    all.putAll(ResponseVariables.all());
    all.putAll(EndpointVariables.all());
    all.putAll(CertificateVariables.all());
    all.putAll(UnmodelledVariables.all());
    add(all, "time.now", SimpleType.STRING, run -> run.account().clock().instant().toString());
    CelType map = MapType.create(SimpleType.STRING, SimpleType.DYN);
    add(all, "vars", map, Run::vars);
    add(all, "actions", map, run -> Map.of("ngrok", run.findings()));
    add(all, RunMacros.RUN, SimpleType.DYN, run -> run);
    return Map.copyOf(all);
  }

  private static void add(
      Map<String, Variable> all, String name, CelType type, Function<Run, Object> value) {
    all.put(name, new Variable(type, value));
  }
}
