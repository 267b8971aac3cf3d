package dev.clinicnet.operator.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.prometheus.metrics.model.snapshots.Labels;

/**
 * The labels that name an object.
 *
 * @param namespace empty for an object of the cluster
 * @param name null where objects are only counted
 */
record ObjectName(String namespace, String name) {
  /** No object is named. */
  static final ObjectName NONE = new ObjectName("", null);

  static ObjectName of(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return new ObjectName(namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  /** These labels, and those of the object. */
  Labels labels(Labels others) {
    return name == null ? others : others.merge(Labels.of("namespace", namespace, "name", name));
  }
}
