package dev.clinicnet.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a feature that not all supported versions of Kubernetes have. On an older API server it
 * is disabled, with the reason in the report.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SinceKubernetesCondition.class)
public @interface SinceKubernetes {

  /** The first version on which the test passes, such as {@code 1.33}. */
  String value();

  /** The feature that this version has and earlier ones do not. */
  String has();
}
