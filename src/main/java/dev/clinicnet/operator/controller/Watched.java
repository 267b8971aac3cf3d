package dev.clinicnet.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;

/**
 * How objects are watched. With a limit, the API server answers the first list with what is stored.
 * Without one, the client accepts what the API server has in its cache. That can be older than what
 * an earlier process has acted on, and so old wishes would be carried out once more.
 */
final class Watched {
  /** How many objects a list has on each page. */
  static final long PAGE = 500;

  private Watched() {}

  /** The watch of a type in the namespaces of a controller, for its objects of another kind. */
  static <R extends HasMetadata, P extends HasMetadata>
      InformerEventSourceConfiguration.Builder<R> as(String name, Class<R> type, Class<P> kind) {
    return InformerEventSourceConfiguration.from(type, kind)
        .withName(name)
        .withNamespacesInheritedFromController()
        .withInformerListLimit(PAGE);
  }
}
