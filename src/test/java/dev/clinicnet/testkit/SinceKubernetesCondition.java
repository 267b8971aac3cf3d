package dev.clinicnet.testkit;

import dev.clinicnet.demo.RealKubernetes;
import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Compares the version in {@link SinceKubernetes} with the API server of the tests. */
final class SinceKubernetesCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context
        .getElement()
        .map((AnnotatedElement test) -> test.getAnnotation(SinceKubernetes.class))
        .map(since -> evaluate(since, RealKubernetes.version()))
        .orElseGet(() -> ConditionEvaluationResult.enabled("for every version of Kubernetes"));
  }

  /** Whether a test runs on a version, and why not. */
  static ConditionEvaluationResult evaluate(SinceKubernetes since, String version) {
    return minor(version) >= minor(since.value())
        ? ConditionEvaluationResult.enabled("Kubernetes " + version)
        : ConditionEvaluationResult.disabled(
            "Kubernetes %s has %s; this is %s".formatted(since.value(), since.has(), version));
  }

  /** The second number of a version. */
  static int minor(String version) {
    String[] numbers = version.split("\\.", -1);
    if (numbers.length < 2 || !numbers[0].equals("1")) {
      throw new IllegalArgumentException("not a version of Kubernetes: " + version);
    }
    return Integer.parseInt(numbers[1]);
  }
}
