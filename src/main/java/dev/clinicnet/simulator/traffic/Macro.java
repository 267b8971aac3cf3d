package dev.clinicnet.simulator.traffic;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/** A function of expressions: its declaration and its implementation. */
record Macro(CelFunctionDecl declaration, CelFunctionBinding binding) {

  /** A function that is called by its name. The binding has the id of the overload. */
  static Macro global(
      String name, CelFunctionBinding binding, CelType result, CelType... arguments) {
    CelOverloadDecl overload =
        CelOverloadDecl.newGlobalOverload(binding.getOverloadId(), result, List.of(arguments));
    return new Macro(CelFunctionDecl.newFunctionDeclaration(name, overload), binding);
  }

  /** A function that is called on its first argument. */
  static Macro member(
      String name, CelFunctionBinding binding, CelType result, CelType... arguments) {
    CelOverloadDecl overload =
        CelOverloadDecl.newMemberOverload(binding.getOverloadId(), result, List.of(arguments));
    return new Macro(CelFunctionDecl.newFunctionDeclaration(name, overload), binding);
  }
}
