package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One difference at the platform that somebody else made. It holds no secret: a policy is a hash,
 * and text that anybody may have written is only counted.
 *
 * @param kind the path of its kind in the platform's API, such as {@code endpoints}
 * @param name the name of the object for people
 * @param field one of the fields that its kind compares
 * @param was what the operator had written
 * @param is what is listed now
 */
public record Drift(String kind, String name, String field, String was, String is) {

  public Drift {
    boolean compared =
        Resource.ALL.stream().anyMatch(r -> r.path().equals(kind) && r.compared().contains(field));
    if (!compared) {
      throw new IllegalArgumentException(field + " of " + kind + " is not compared");
    }
  }

  /** An object that somebody else deleted. */
  public static Drift deleted(Resource<?, ?, ?> resource, String name, String id) {
    return new Drift(resource.path(), name, Field.DELETED, id, "nothing");
  }

  /** The subject of the difference, in words that stay the same while it lasts. */
  public String what() {
    return field.equals(Field.DELETED)
        ? kind + " " + name + " (deleted)"
        : field + " of " + kind + " " + name;
  }

  /** The subjects of several differences. */
  public static String what(List<Drift> drifts) {
    return drifts.stream().map(Drift::what).collect(Collectors.joining(", "));
  }

  /** The subject, the present value, and the value that the operator had written. */
  @Override
  public String toString() {
    return field.equals(Field.DELETED)
        ? kind + " " + name + " (" + was + ") was deleted"
        : what() + ": found " + is + " instead of " + was;
  }
}
