package dev.clinicnet.operator.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.processing.Controller;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All objects of all kinds, as the caches of the controllers have them. */
final class WatchedObjects implements Supplier<Stream<HasMetadata>> {
  private final List<Controller<?>> controllers = new CopyOnWriteArrayList<>();
  private final BooleanSupplier leads;

  /**
   * No kind yet.
   *
   * @param leads whether this process leads; a standby shows no object, because the leader does
   */
  WatchedObjects(BooleanSupplier leads) {
    this.leads = leads;
  }

  /** Adds the kind of a controller. */
  void add(RegisteredController<?> controller) {
    controllers.add((Controller<?>) controller);
  }

  /** The objects of a kind, on a standby too. */
  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return controllers.stream()
        .filter(controller -> controller.getConfiguration().getResourceClass().equals(kind))
        .flatMap(WatchedObjects::cached)
        .map(kind::cast)
        .toList();
  }

  @Override
  public Stream<HasMetadata> get() {
    return leads.getAsBoolean()
        ? controllers.stream().flatMap(WatchedObjects::cached)
        : Stream.empty();
  }

  private static Stream<? extends HasMetadata> cached(Controller<?> controller) {
    return controller.getEventSourceManager().getControllerEventSource().list(object -> true);
  }
}
