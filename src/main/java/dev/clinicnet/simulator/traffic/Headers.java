package dev.clinicnet.simulator.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The header fields of a message, in order; names are compared without regard to case. */
public final class Headers {
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();

  /** A copy with the same fields. */
  public Headers copy() {
    Headers copy = new Headers();
    copy.fields.addAll(fields);
    return copy;
  }

  /** Adds a field, beside others of the name. */
  public Headers add(String name, String value) {
    fields.add(Map.entry(name, value));
    return this;
  }

  /** Replaces all fields of the name by one. */
  public Headers set(String name, String value) {
    return remove(name).add(name, value);
  }

  /** Removes every field of the name. */
  public Headers remove(String name) {
    fields.removeIf(field -> field.getKey().equalsIgnoreCase(name));
    return this;
  }

  /** The value of the first field of the name. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The values of all fields of the name. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The names, without duplicates. */
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    fields.forEach(field -> names.add(field.getKey()));
    return List.copyOf(names);
  }

  /** All fields in order. */
  public List<Map.Entry<String, String>> fields() {
    return List.copyOf(fields);
  }
}
