package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares an object at the platform with what the operator makes, field by field. Each method
 * returns what is to be sent to put the field right, or null when nothing is. What the platform
 * does not show is not compared.
 */
public final class Comparison {
  private static final String ANOTHERS = "the mark of another object";

  private final Resource<?, ?, ?> resource;
  private final String name;
  private final List<Drift> drift = new ArrayList<>();

  /**
   * A comparison of one object.
   *
   * @param name what people call it
   */
  public Comparison(Resource<?, ?, ?> resource, String name) {
    this.resource = resource;
    this.name = name;
  }

  /** A field without secrets. */
  public <T> T field(String field, T made, T listed) {
    if (listed == null || listed.equals(made)) {
      return null;
    }
    add(field, made.toString(), listed.toString());
    return made;
  }

  /** A text that anybody may have written anything into. */
  public String text(String field, String made, String listed) {
    if (listed == null || listed.equals(made)) {
      return null;
    }
    add(field, made, characters(listed));
    return made;
  }

  /**
   * The mark. It is to be sent again when somebody removed it or made it unreadable, or changed
   * which Clinic it names, or marked the object as let go of. What carries a readable mark of
   * another owner comes here only where it is adopted, or where that mark was copied by hand.
   */
  public String mark(Mark made, String listed) {
    Optional<Mark> found = Mark.parse(listed);
    boolean same =
        found
            .filter(Mark::isActive)
            .filter(mark -> belongsWith(mark, made))
            .filter(mark -> Objects.equals(mark.clinic(), made.clinic()))
            .isPresent();
    if (same) {
      return null;
    }
    // Of a mark that was copied by hand nothing is kept, nor is told whose it is.
    Optional<Mark> own = found.filter(mark -> belongsWith(mark, made));
    add(
        MadeFields.METADATA,
        words(made),
        found.isPresent() && own.isEmpty() ? ANOTHERS : words(listed));
    return made.inPlaceOf(own).withNonce(own.map(Mark::nonce).orElse(made.nonce())).text();
  }

  /** A field that was found to differ by other means, told in words without secrets. */
  public void add(String field, String was, String is) {
    drift.add(new Drift(resource.path(), name, field, was, is));
  }

  /** What differs. */
  public List<Drift> drift() {
    return List.copyOf(drift);
  }

  /**
   * What was lost to another owner: an object that the status names and that carries a readable
   * mark which is not this object's. It is never taken back. The words do not tell whose it is.
   */
  public static Optional<Drift> lost(
      Resource<?, ?, ?> resource, String name, String metadata, Mark made) {
    return Mark.parse(metadata)
        .filter(mark -> !belongsWith(mark, made))
        .map(mark -> new Drift(resource.path(), name, MadeFields.METADATA, words(made), ANOTHERS));
  }

  private static boolean belongsWith(Mark one, Mark other) {
    return one.instance().equals(other.instance()) && one.owner().equals(other.owner());
  }

  /** What metadata says, in words without what others may have written into it. */
  public static String words(String metadata) {
    return Mark.parse(metadata).map(Comparison::words).orElseGet(() -> characters(metadata));
  }

  private static String words(Mark mark) {
    return "the mark of "
        + mark.owner().map(owner -> owner + ", ").orElse("")
        + "instance "
        + mark.instance()
        + (mark.clinic() == null ? "" : ", Clinic " + mark.clinic())
        + (mark.isRetained() ? ", retained" : "")
        + (mark.retiredAt() == null ? "" : ", retired at " + mark.retiredAt());
  }

  private static String characters(String text) {
    return text == null || text.isEmpty()
        ? "nothing"
        : "another text of " + text.length() + " characters";
  }
}
