package dev.clinicnet.operator.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects what is registered, from calls such as {@code Gauge.builder("name", …)
 * .description("…").tag("label", …).register(…)}. Where the name is not a literal but {@code
 * metric.name()}, the metrics are the objects {@code new Metric("name", "description", …)} of the
 * declared type of {@code metric}. A collector says {@code
 * GaugeSnapshot.builder().name("…").help("…")}, and its labels are those of all {@code
 * Labels.of("label", …)} in its file, and those of {@code ObjectName} if its file uses that.
 */
final class MeterCalls extends TreeScanner<Void, Void> {
  private static final Set<String> METERS =
      Set.of(
          "Counter",
          "CounterSnapshot",
          "DistributionSummary",
          "FunctionCounter",
          "FunctionTimer",
          "Gauge",
          "GaugeSnapshot",
          "MultiGauge",
          "TimeGauge",
          "Timer");

  private final Map<String, String> constants = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final Map<Tree, Call> calls = new LinkedHashMap<>();
  private final Map<String, List<List<String>>> created = new HashMap<>();
  private Set<String> labelsOfFile = new TreeSet<>();

  /** One registration, as far as it is known. */
  private static final class Call {
    private String meter;
    private String name;
    private String catalogue;
    private String description = "";
    private final Set<String> labels = new TreeSet<>();
    private Set<String> labelsOfFile = Set.of();
  }

  /** What was found. The type is the class of the meter. */
  Collection<RegisteredMetrics.Metric> metrics() {
    List<RegisteredMetrics.Metric> all = new ArrayList<>();
    for (Call call : calls.values()) {
      if (call.name != null) {
        all.add(metric(call, call.name, call.description));
      } else {
        created
            .getOrDefault(call.catalogue, List.of())
            .forEach(texts -> all.add(metric(call, texts.get(0), texts.get(1))));
      }
    }
    return all;
  }

  private static RegisteredMetrics.Metric metric(Call call, String name, String description) {
    Set<String> labels = new TreeSet<>(call.labels);
    if (call.meter.endsWith("Snapshot")) {
      labels.addAll(call.labelsOfFile);
    }
    return new RegisteredMetrics.Metric(name, call.meter, List.copyOf(labels), description);
  }

  @Override
  public Void visitCompilationUnit(CompilationUnitTree unit, Void none) {
    constants.clear();
    types.clear();
    labelsOfFile = new TreeSet<>();
    return super.visitCompilationUnit(unit, null);
  }

  @Override
  public Void visitVariable(VariableTree variable, Void none) {
    String name = variable.getName().toString();
    if (variable.getType() != null) {
      String type = variable.getType().toString();
      types.put(name, type.substring(type.lastIndexOf('.') + 1));
    }
    String text = text(variable.getInitializer());
    if (text != null) {
      constants.put(name, text);
    }
    return super.visitVariable(variable, null);
  }

  @Override
  public Void visitIdentifier(IdentifierTree identifier, Void none) {
    if (identifier.getName().contentEquals("ObjectName")) {
      labelsOfFile.addAll(List.of("namespace", "name"));
    }
    return super.visitIdentifier(identifier, null);
  }

  @Override
  public Void visitNewClass(NewClassTree creation, Void none) {
    List<String> texts =
        creation.getArguments().stream().map(this::text).filter(text -> text != null).toList();
    if (texts.size() >= 2) {
      String type = creation.getIdentifier().toString();
      created.computeIfAbsent(type, key -> new ArrayList<>()).add(texts);
    }
    return super.visitNewClass(creation, null);
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree invocation, Void none) {
    if (invocation.getMethodSelect().toString().equals("Labels.of")) {
      for (int i = 0; i + 1 < invocation.getArguments().size(); i += 2) {
        labelsOfFile.add(required(invocation.getArguments().get(i)));
      }
    }
    MethodInvocationTree builder = builder(invocation);
    if (builder != null) {
      add(calls.computeIfAbsent(builder, key -> new Call()), invocation);
    }
    return super.visitMethodInvocation(invocation, null);
  }

  /** The call of {@code builder} at the beginning of a chain of calls; null for another chain. */
  private static MethodInvocationTree builder(MethodInvocationTree last) {
    ExpressionTree at = last;
    while (at instanceof MethodInvocationTree call
        && call.getMethodSelect() instanceof MemberSelectTree member) {
      if (member.getIdentifier().contentEquals("builder")
          && METERS.contains(member.getExpression().toString())) {
        return call;
      }
      at = member.getExpression();
    }
    return null;
  }

  private void add(Call call, MethodInvocationTree part) {
    MemberSelectTree method = (MemberSelectTree) part.getMethodSelect();
    List<? extends ExpressionTree> arguments = part.getArguments();
    switch (method.getIdentifier().toString()) {
      case "builder" -> {
        call.meter = method.getExpression().toString();
        call.labelsOfFile = labelsOfFile;
        if (!arguments.isEmpty()) {
          name(call, arguments.get(0));
        }
      }
      case "name" -> name(call, arguments.get(0));
      case "description", "help" -> {
        String text = text(arguments.get(0));
        call.description = text == null ? "" : text;
      }
      case "tag" -> call.labels.add(required(arguments.get(0)));
      case "tags" -> {
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
          call.labels.add(required(arguments.get(i)));
        }
      }
      default -> {}
    }
  }

  private void name(Call call, ExpressionTree name) {
    call.name = text(name);
    call.catalogue = call.name == null ? declaredType(name) : null;
  }

  /** For {@code metric.name()}, the declared type of {@code metric}. */
  private String declaredType(ExpressionTree name) {
    String variable = name.toString().replaceFirst("\\..*", "");
    String type = types.get(variable);
    if (type == null) {
      throw new IllegalStateException(
          "The name of a metric must be a literal, or come from a variable of a declared type: "
              + name);
    }
    return type;
  }

  private String required(ExpressionTree name) {
    String text = text(name);
    if (text == null) {
      throw new IllegalStateException("The name of a metric or label must be a literal: " + name);
    }
    return text;
  }

  /** The text of a literal, of literals that are joined, or of a constant; else null. */
  private String text(ExpressionTree expression) {
    if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
      return text;
    }
    if (expression instanceof IdentifierTree identifier) {
      return constants.get(identifier.getName().toString());
    }
    if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
      String left = text(sum.getLeftOperand());
      String right = text(sum.getRightOperand());
      return left == null || right == null ? null : left + right;
    }
    return null;
  }
}
