package dev.clinicnet.operator.inventory;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What the inventory answers: present, absent, or unknown. On unknown nothing may be created.
 *
 * @param known whether an absence can be relied on
 * @param object the object, null unless present
 */
public record Finding<T>(boolean known, T object) {

  /** It is there. */
  public static <T> Finding<T> present(T object) {
    return new Finding<>(true, object);
  }

  /** The object is certainly not there. */
  public static <T> Finding<T> absent() {
    return new Finding<>(true, null);
  }

  /** Only a new list can tell whether the object is there. */
  public static <T> Finding<T> unknown() {
    return new Finding<>(false, null);
  }

  /**
   * The result of another search than by one key.
   *
   * @param known whether an absence can be relied on
   */
  public static <T> Finding<T> of(Optional<T> object, boolean known) {
    return new Finding<>(object.isPresent() || known, object.orElse(null));
  }

  /** Whether it is there. */
  public boolean isPresent() {
    return object != null;
  }

  /** Whether it is certainly not there. */
  public boolean isAbsent() {
    return known && object == null;
  }

  /** Whether this is not known. */
  public boolean isUnknown() {
    return !known;
  }

  /** The object that is present. */
  public T get() {
    if (object == null) {
      throw new NoSuchElementException("not present");
    }
    return object;
  }

  /** The object, if present. */
  public Optional<T> optional() {
    return Optional.ofNullable(object);
  }
}
