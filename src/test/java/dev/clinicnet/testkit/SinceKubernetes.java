package dev.clinicnet.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of something that Kubernetes has not had in all versions that the operator supports. On an
 * older API server it is disabled, with the reason in the report.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SinceKubernetesCondition.class)
public @interface SinceKubernetes {

  /** The first version that the test passes on, such as {@code 1.33}. */
  String value();

  /** What that version has, and the ones before have not. */
  String has();
}
