package dev.clinicnet.simulator.traffic;

import dev.cel.parser.CelMacro;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The documented macros that are not modelled. An expression with one is refused when it is read.
 */
final class UnmodelledMacros {
  private static final List<String> GLOBAL = List.of("getResCookie", "hasResCookie");

  private static final List<String> MEMBER =
      List.of(
          "encodeJson",
          "encodeQueryString",
          "decodeQueryString",
          "format",
          "isQueryString",
          "isURL",
          "parseUrl",
          "crc64",
          "xxhash64");

  /** The namespaces in which a function is not modelled, by function. */
  private static final Map<String, Set<String>> NAMESPACED =
      Map.of(
          "encode", Set.of("json", "queryString"),
          "decode", Set.of("queryString"),
          "parse", Set.of("url"),
          "int", Set.of("rand"));

  private UnmodelledMacros() {}

  static List<CelMacro> all() {
    List<CelMacro> all = new ArrayList<>();
    for (String name : GLOBAL) {
      all.add(
          CelMacro.newGlobalVarArgMacro(
              name,
              (factory, target, arguments) -> {
                throw unmodelled(name);
              }));
    }
    for (String name : MEMBER) {
      all.add(
          CelMacro.newReceiverVarArgMacro(
              name,
              (factory, target, arguments) -> {
                throw unmodelled(name);
              }));
    }
    for (String name : NAMESPACED.keySet()) {
      all.add(
          CelMacro.newReceiverVarArgMacro(
              name,
              (factory, target, arguments) -> {
                DottedName.of(target)
                    .filter(NAMESPACED.get(name)::contains)
                    .ifPresent(
                        namespace -> {
                          throw unmodelled(namespace + "." + name);
                        });
                return Optional.empty();
              }));
    }
    return all;
  }

  private static Unmodelled unmodelled(String name) {
    return new Unmodelled("the macro \"" + name + "\"");
  }
}
