package dev.clinicnet.operator.ngrok;

import java.util.Objects;

/**
 * Who sends requests. Parties share the budget fairly: first namespaces, then the clinics of a
 * namespace.
 *
 * @param namespace the namespace of the object that requests are for
 * @param clinic the Clinic that it belongs to
 * @param kind the kind of the object
 * @param name the name of the object
 */
public record Party(String namespace, String clinic, String kind, String name) {

  /** The operator itself, for requests that belong to no manifest. It cannot be called. */
  public static final Party OPERATOR = new Party("", "", "", "");

  /** A Clinic with all its objects. They take turns, so they also share one place. */
  record Site(String namespace, String clinic) {}

  public Party {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(clinic, "clinic");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  /** The Clinic that it belongs to. */
  Site site() {
    return new Site(namespace, clinic);
  }

  /** Whether it is an object that can be requeued when its turn comes. */
  boolean canBeCalled() {
    return !equals(OPERATOR);
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
