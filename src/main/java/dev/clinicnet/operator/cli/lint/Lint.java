package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.grant.Grants;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Problem;
import dev.clinicnet.operator.manifest.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks manifests for everything that the API server or the operator would refuse. */
public final class Lint {
  /** The checks, in order. Each sees only the objects in which earlier checks found no problem. */
  private static final List<Check> CHECKS =
      List.of(
          (documents, sound) -> schema(documents),
          Acceptance::problems,
          (documents, sound) -> unusedAccounts(sound),
          (documents, sound) -> IdleAnnotations.problems(documents),
          (documents, sound) -> repeatedObjects(documents),
          (documents, sound) -> uncheckedKinds(documents));

  private Lint() {}

  /** One check of manifests. */
  private interface Check {

    /**
     * The problems that it finds.
     *
     * @param documents every object, including foreign kinds
     * @param sound the objects of our kinds without a problem so far
     */
    List<Problem> problems(List<Document> documents, List<Document> sound);
  }

  /** The problems of objects that are applied together, in the order of the files. */
  public static List<Problem> check(List<Document> documents) {
    List<Problem> problems = new ArrayList<>();
    for (Check check : CHECKS) {
      problems.addAll(check.problems(documents, sound(documents, problems)));
    }
    return inOrder(problems, documents.stream().map(d -> d.position().file()).toList());
  }

  private static List<Problem> schema(List<Document> documents) {
    return documents.stream().flatMap(d -> ManifestValidation.ofNew(d).stream()).toList();
  }

  /** Finds NgrokAccounts that the operator cannot use. */
  private static List<Problem> unusedAccounts(List<Document> sound) {
    return sound.stream()
        .filter(document -> document.kind().equals("NgrokAccount"))
        .filter(document -> !Grants.isDefault(document.name()))
        .filter(
            document ->
                TypedManifests.typed(document, NgrokAccount.class).getSpec().apiKeySecretRef()
                    == null)
        .map(
            document ->
                document.problem(
                    Severity.WARNING,
                    document.nearest("metadata.name").position(),
                    "metadata.name",
                    Grants.WITHOUT_KEY))
        .toList();
  }

  /** Finds objects that are in the files twice. The one that is applied last would win. */
  private static List<Problem> repeatedObjects(List<Document> documents) {
    Map<List<String>, Document> first = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Document document : documents) {
      if (!ManifestValidation.knows(document) || document.name().isEmpty()) {
        continue;
      }
      Document before =
          first.putIfAbsent(
              List.of(document.kind(), document.namespace(), document.name()), document);
      if (before != null) {
        problems.add(
            document.error(
                document.nearest("metadata.name").position(),
                "metadata.name",
                "stands in the files twice, first at " + before.position() + ": remove one"));
      }
    }
    return problems;
  }

  /**
   * Finds objects of other kinds that look like ours. Their author would expect an effect that
   * never comes.
   */
  private static List<Problem> uncheckedKinds(List<Document> documents) {
    return documents.stream()
        .filter(document -> !document.apiVersion().isEmpty() && !document.kind().isEmpty())
        .flatMap(
            document ->
                ManifestValidation.resembling(document).stream()
                    .map(
                        hint ->
                            document.problem(
                                Severity.WARNING,
                                document.nearest("apiVersion").position(),
                                "apiVersion",
                                document.apiVersion()
                                    + " is not ours, so that nothing is checked here; "
                                    + hint)))
        .toList();
  }

  private static List<Document> sound(List<Document> documents, List<Problem> problems) {
    Set<String> broken = new HashSet<>();
    problems.stream().filter(Problem::isError).forEach(problem -> broken.add(object(problem)));
    Map<String, Document> sound = new LinkedHashMap<>();
    documents.stream()
        .filter(ManifestValidation::knows)
        .filter(
            document -> isNamed(document) ? !broken.contains(object(document)) : isSound(document))
        // If an object is there twice, the one that is applied last counts.
        .forEach(
            document ->
                sound.put(
                    isNamed(document) ? object(document) : document.position().toString(),
                    document));
    return List.copyOf(sound.values());
  }

  /**
   * An object with generateName gets its name later, so problems of other objects are not about it.
   */
  private static boolean isNamed(Document document) {
    return !document.name().isEmpty();
  }

  private static boolean isSound(Document document) {
    return ManifestValidation.ofNew(document).stream().noneMatch(Problem::isError);
  }

  private static String object(Problem problem) {
    return problem.kind() + " " + problem.namespace() + "/" + problem.name();
  }

  private static String object(Document document) {
    return document.kind() + " " + document.namespace() + "/" + document.name();
  }

  /** Sorts problems by their place, files in a given order. */
  static List<Problem> inOrder(List<Problem> problems, List<String> files) {
    Map<String, Integer> order = new HashMap<>();
    files.forEach(file -> order.putIfAbsent(file, order.size()));
    return problems.stream()
        .sorted(
            Comparator.<Problem>comparingInt(p -> order.getOrDefault(p.position().file(), -1))
                .thenComparing(p -> p.position().line())
                .thenComparing(p -> p.position().column()))
        .toList();
  }
}
