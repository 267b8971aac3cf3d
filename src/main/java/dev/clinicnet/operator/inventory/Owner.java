package dev.clinicnet.operator.inventory;

import java.util.Objects;

/** The manifest that a remote object belongs to. */
public record Owner(String kind, String namespace, String name) {

  public Owner {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
