package dev.clinicnet.operator.manifest;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.parser.CelParserBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The functions that Kubernetes adds to CEL: lists, regular expressions, URLs, quantities and
 * addresses. A rule that uses another function does not compile.
 */
final class KubernetesLibrary implements CelCompilerLibrary, CelRuntimeLibrary {
  static final KubernetesLibrary INSTANCE = new KubernetesLibrary();

  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final Map<String, List<CelFunctionBinding>> bindings = new TreeMap<>();

  private KubernetesLibrary() {
    ListFunctions.declare(this);
    TextFunctions.declare(this);
    URLFunctions.declare(this);
    QuantityFunctions.declare(this);
  }

  @Override
  public void setParserOptions(CelParserBuilder parser) {}

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(declarations);
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    bindings.forEach(
        (name, overloads) ->
            runtime.addFunctionBindings(CelFunctionBinding.fromOverloads(name, overloads)));
  }

  /** Adds {@code argument.name(more)}. */
  void member(
      String name, Class<?> of, Class<?> result, CelFunctionOverload code, Class<?>... more) {
    List<Class<?>> arguments = new ArrayList<>(List.of(of));
    arguments.addAll(Arrays.asList(more));
    String id = id(name, arguments);
    declarations.add(
        CelFunctionDecl.newFunctionDeclaration(
            name, CelOverloadDecl.newMemberOverload(id, type(result), types(arguments))));
    bindings.computeIfAbsent(name, n -> new ArrayList<>()).add(binding(id, arguments, code));
  }

  /** Adds {@code name(argument)}. */
  void global(String name, Class<?> argument, Class<?> result, CelFunctionOverload code) {
    List<Class<?>> arguments = List.of(argument);
    String id = id(name, arguments);
    declarations.add(
        CelFunctionDecl.newFunctionDeclaration(
            name, CelOverloadDecl.newGlobalOverload(id, type(result), types(arguments))));
    bindings.computeIfAbsent(name, n -> new ArrayList<>()).add(binding(id, arguments, code));
  }

  /** The CEL library takes a function of one or two arguments among others in this form only. */
  private static CelFunctionBinding binding(
      String id, List<Class<?>> arguments, CelFunctionOverload code) {
    return switch (arguments.size()) {
      case 1 ->
          CelFunctionBinding.from(id, arguments.get(0), one -> code.apply(new Object[] {one}));
      case 2 ->
          CelFunctionBinding.from(
              id,
              arguments.get(0),
              arguments.get(1),
              (one, two) -> code.apply(new Object[] {one, two}));
      default -> CelFunctionBinding.from(id, arguments, code);
    };
  }

  private static String id(String name, List<Class<?>> arguments) {
    StringBuilder id = new StringBuilder("kubernetes_").append(name);
    arguments.forEach(argument -> id.append('_').append(argument.getSimpleName()));
    return id.toString();
  }

  private static List<CelType> types(List<Class<?>> classes) {
    return classes.stream().map(KubernetesLibrary::type).toList();
  }

  private static CelType type(Class<?> of) {
    if (of == String.class) {
      return SimpleType.STRING;
    }
    if (of == Long.class) {
      return SimpleType.INT;
    }
    if (of == Double.class) {
      return SimpleType.DOUBLE;
    }
    if (of == Boolean.class) {
      return SimpleType.BOOL;
    }
    return of == List.class ? ListType.create(SimpleType.DYN) : SimpleType.DYN;
  }
}
