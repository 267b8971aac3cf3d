package dev.clinicnet.operator.simulator.traffic;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/** The documented macros that need nothing but their arguments. */
final class Macros {
  static final List<CelFunctionDecl> DECLARATIONS =
      List.of(
          CelFunctionDecl.newFunctionDeclaration(
              "inCidrRange",
              CelOverloadDecl.newGlobalOverload(
                  "in_cidr_range", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)),
          CelFunctionDecl.newFunctionDeclaration(
              "inCidrRanges",
              CelOverloadDecl.newGlobalOverload(
                  "in_cidr_ranges",
                  SimpleType.BOOL,
                  SimpleType.STRING,
                  ListType.create(SimpleType.STRING))));

  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from("in_cidr_range", String.class, String.class, Macros::inCidrRange),
          CelFunctionBinding.from(
              "in_cidr_ranges", String.class, List.class, Macros::inCidrRanges));

  private Macros() {}

  /** An invalid range contains nothing (documented). */
  private static Object inCidrRange(String address, String range) {
    return AddressRange.parse(range).map(parsed -> parsed.contains(address)).orElse(false);
  }

  private static Object inCidrRanges(String address, List<?> ranges) {
    return ranges.stream().anyMatch(range -> (boolean) inCidrRange(address, (String) range));
  }
}
