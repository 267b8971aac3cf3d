package dev.clinicnet.operator.inventory;

import dev.clinicnet.operator.ngrok.Party;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/** The manifest that a remote object belongs to. */
public record Owner(String kind, String namespace, String name) {

  public Owner {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
  }

  /** The owner that the marks of a manifest's objects name. */
  public static Owner of(HasMetadata manifest) {
    return new Owner(
        manifest.getKind(),
        manifest.getMetadata().getNamespace(),
        manifest.getMetadata().getName());
  }

  /** The manifest of an object that has a place in the request budget. */
  public static Owner of(Party party) {
    return new Owner(party.kind(), party.namespace(), party.name());
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
