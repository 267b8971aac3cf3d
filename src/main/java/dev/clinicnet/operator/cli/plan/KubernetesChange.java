package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.clinic.PublishedObject;
import dev.clinicnet.operator.inventory.Owner;
import java.util.List;
import java.util.Locale;

/**
 * A change of an object in Kubernetes that the operator writes for a Clinic.
 *
 * @param object the object, before or after the change
 * @param lines the lines that differ, without secrets; empty if they are not known, or if a secret
 *     is all that differs
 * @param meaning what follows from the change, for people
 * @param install whether a technician must install the site kit
 */
record KubernetesChange(
    PublishedObject object, Action action, List<String> lines, String meaning, boolean install) {

  KubernetesChange {
    lines = List.copyOf(lines);
  }

  /** A change with no work for a technician. */
  KubernetesChange(PublishedObject object, Action action, List<String> lines, String meaning) {
    this(object, action, lines, meaning, false);
  }

  /** The Clinic. */
  Owner owner() {
    return object.clinic();
  }

  /** The kind of the object. */
  String kind() {
    return object.object().getKind();
  }

  /** The name of the object. */
  String name() {
    return object.object().getMetadata().getName();
  }

  /** The use of the object, in the output for programs. */
  String use() {
    return object.use().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is certain that something changes. */
  boolean isCertain() {
    return action != Action.UNKNOWN;
  }
}
