package dev.clinicnet.operator.manifest;

import dev.clinicnet.operator.suggestion.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Suggests a field in place of one that does not exist. */
final class FieldNames {
  private static final String METADATA = "metadata";
  private static final String POLICY = "spec.trafficPolicy.";
  private static final int MOST = 3;

  private final Schema root;

  FieldNames(Schema root) {
    this.root = root;
  }

  /**
   * The paths of the suggested fields: a field beside it with nearly this name, or fields elsewhere
   * with exactly this name. Fields elsewhere are not suggested in an entry of a list, where they
   * would mean something else. The result is empty when there are no such fields, or too many.
   */
  List<String> meant(String path) {
    String parent = parent(path);
    String name = path.substring(path.lastIndexOf('.') + 1);
    Collection<String> beside =
        parent.equals(METADATA) ? StrictDecoding.metadataFields() : fields(parent);
    List<String> elsewhere = path.startsWith(POLICY) ? inPolicy(name) : elsewhere(name, path);
    return (elsewhere.isEmpty() ? wordsOf(name, beside) : Optional.<String>empty())
        .or(() -> near(name, beside))
        .map(near -> List.of(Paths.child(parent, near)))
        .orElse(elsewhere);
  }

  /** The suggestion in words. For a field beside it, the name is enough. */
  Optional<String> words(String path) {
    List<String> meant = meant(path);
    String beside = parent(path) + ".";
    return meant.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" or ", meant))
            .map(all -> parent(all).equals(parent(path)) ? all.replace(beside, "") : all);
  }

  /** The path of the object that has the field; empty for the whole object. */
  static String parent(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  /** The one of these names that is nearly the same. */
  static Optional<String> near(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> letters(candidate).equals(letters(name)))
        .findFirst()
        .or(() -> NearestName.of(name, known));
  }

  /**
   * The only name that has all the words of another name and more, as allowedEmailDomains has those
   * of allowedDomains. A name that differs in one letter only is nearer.
   */
  private static Optional<String> wordsOf(String name, Collection<String> known) {
    if (NearestName.of(name, known, 1).isPresent()) {
      return Optional.empty();
    }
    List<String> words = camelWords(name);
    List<String> longer =
        known.stream().filter(candidate -> camelWords(candidate).containsAll(words)).toList();
    return longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty();
  }

  private static List<String> camelWords(String name) {
    return List.of(
        name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT).split("[-_]"));
  }

  private Collection<String> fields(String path) {
    return root.at(path).map(schema -> schema.properties().keySet()).orElse(Set.of());
  }

  /** The rules of ngrok have their own language, so no other field is suggested among them. */
  private List<String> inPolicy(String name) {
    return elsewhere(name, POLICY).stream().filter(found -> found.startsWith(POLICY)).toList();
  }

  private List<String> elsewhere(String name, String path) {
    if (path.indexOf('[') >= 0) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    StrictDecoding.metadataFields().stream()
        .filter(known -> letters(known).equals(letters(name)))
        .forEach(known -> found.add(Paths.child(METADATA, known)));
    root.of("spec").ifPresent(spec -> collect(name, "spec", spec, found));
    return found.size() > MOST ? List.of() : found;
  }

  private static void collect(String name, String path, Schema schema, List<String> found) {
    schema
        .properties()
        .forEach(
            (key, property) -> {
              String below = Paths.child(path, key);
              if (letters(key).equals(letters(name))) {
                found.add(below);
              }
              collect(name, below, property, found);
            });
    schema.items().ifPresent(items -> collect(name, path + "[]", items, found));
  }

  /** The form in which two names are the same for people. */
  private static String letters(String name) {
    return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
