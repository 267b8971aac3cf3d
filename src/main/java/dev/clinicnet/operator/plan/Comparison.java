package dev.clinicnet.operator.plan;

import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares an object at the platform with what the operator makes, field by field. Each method
 * returns the value to send for a correction, or null if none is needed. A field that the platform
 * does not show is not compared.
 */
public final class Comparison {
  private static final String ANOTHERS = "the mark of another object";

  private final Resource<?, ?, ?> resource;
  private final String name;
  private final Mark made;
  private final boolean adopted;
  private final boolean taking;
  private final List<Drift> drift = new ArrayList<>();

  /**
   * A comparison of one object, without its mark.
   *
   * @param name its name for people
   */
  public Comparison(Resource<?, ?, ?> resource, String name) {
    this(resource, name, null, false, false);
  }

  private Comparison(
      Resource<?, ?, ?> resource, String name, Mark made, boolean adopted, boolean taking) {
    this.resource = resource;
    this.name = name;
    this.made = made;
    this.adopted = adopted;
    this.taking = taking;
  }

  /** The comparison of an object that the manifest owns. */
  static Comparison of(Wanted<?, ?, ?> wanted) {
    String name = wanted.known().map(Known::name).orElse(wanted.name());
    Mark mark = wanted.adopted() ? wanted.mark().adopting() : wanted.mark();
    return new Comparison(wanted.resource(), name, mark, wanted.adopted(), false);
  }

  /** The comparison of an object that the manifest takes over with this mark. */
  static Comparison taking(Wanted<?, ?, ?> wanted, Mark mark) {
    return new Comparison(wanted.resource(), wanted.name(), mark, mark.wasAdopted(), true);
  }

  /** Whether the object belongs to another owner until this is sent. */
  public boolean isTaking() {
    return taking;
  }

  /** Compares a field without secrets. An adopted or taken-over object keeps it for now. */
  public <T> T field(String field, T made, T listed) {
    if (taking || adopted || listed == null || listed.equals(made)) {
      return null;
    }
    add(field, made.toString(), listed.toString());
    return made;
  }

  /** Compares the text for people, which may have any content. An adopted object keeps it. */
  public String description(String made, String listed) {
    if (taking || adopted) {
      return adopted ? null : made;
    }
    if (listed == null || listed.equals(made)) {
      return null;
    }
    add(Field.DESCRIPTION, made, characters(listed));
    return made;
  }

  /** The mark of an object, as {@link #mark(Mark, String)} compares it. */
  public String mark(RemoteObject listed) {
    return taking ? made.text() : mark(made, listed.markText());
  }

  /**
   * Compares the mark. It is sent again when somebody removed it, made it unreadable, changed its
   * Clinic, or marked the object as released. An object with a readable mark of another owner is
   * compared only if it is adopted, or if that mark was copied by hand.
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
    // Nothing of a copied mark is kept, and its owner is not named.
    Optional<Mark> own = found.filter(mark -> belongsWith(mark, made));
    add(Field.METADATA, words(made), found.isPresent() && own.isEmpty() ? ANOTHERS : words(listed));
    return made.inPlaceOf(own).withNonce(own.map(Mark::nonce).orElse(made.nonce())).text();
  }

  /** Records a field that differs by another comparison, in words without secrets. */
  public void add(String field, String was, String is) {
    drift.add(new Drift(resource.path(), name, field, was, is));
  }

  /** The differences. */
  public List<Drift> drift() {
    return List.copyOf(drift);
  }

  /**
   * The loss of an object to another owner: the status names it, and it carries a readable mark of
   * another object. It is never taken back. The words do not name the owner.
   */
  public static Optional<Drift> lost(RemoteObject row, Mark made) {
    return isAnothers(row, made)
        ? Optional.of(
            new Drift(
                Resource.of(row).path(), row.displayName(), Field.METADATA, words(made), ANOTHERS))
        : Optional.empty();
  }

  /** Whether an object carries a readable mark that is not the written one. */
  public static boolean isAnothers(RemoteObject row, Mark made) {
    return Mark.on(row).filter(mark -> !belongsWith(mark, made)).isPresent();
  }

  private static boolean belongsWith(Mark one, Mark other) {
    return one.instance().equals(other.instance()) && one.owner().equals(other.owner());
  }

  /** The meaning of metadata, in words without the text of others. */
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
