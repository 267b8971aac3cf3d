package dev.clinicnet.simulator.traffic;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/** A function of expressions: how it is declared, and what it does. */
record Macro(CelFunctionDecl declaration, CelFunctionBinding binding) {

  /** One that is called by its name; the binding bears the overload's id. */
  static Macro global(
      String name, CelFunctionBinding binding, CelType result, CelType... arguments) {
    CelOverloadDecl overload =
        CelOverloadDecl.newGlobalOverload(binding.getOverloadId(), result, List.of(arguments));
    return new Macro(CelFunctionDecl.newFunctionDeclaration(name, overload), binding);
  }

  /** One that is called on its first argument. */
  static Macro member(
      String name, CelFunctionBinding binding, CelType result, CelType... arguments) {
    CelOverloadDecl overload =
        CelOverloadDecl.newMemberOverload(binding.getOverloadId(), result, List.of(arguments));
    return new Macro(CelFunctionDecl.newFunctionDeclaration(name, overload), binding);
  }
}
