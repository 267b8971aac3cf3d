package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The ngrok accounts that files name.
 *
 * @param clinics the account of each Clinic, by namespace and name, in the order of the files
 * @param names the names of all accounts: of Clinics and of NgrokAccounts
 */
public record FileAccounts(Map<String, String> clinics, Set<String> names) {
  public FileAccounts {
    clinics = Collections.unmodifiableMap(new LinkedHashMap<>(clinics));
    names = Set.copyOf(names);
  }

  /** The accounts in sound documents. */
  public static FileAccounts of(Collection<Document> documents) {
    Map<String, String> clinics = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>();
    for (Document document : documents) {
      if (!ManifestValidation.knows(document)) {
        continue;
      }
      if (document.kind().equals("Clinic")) {
        String account = TypedManifests.typed(document, Clinic.class).getSpec().account();
        clinics.put(document.namespace() + "/" + document.name(), account);
        names.add(account);
      } else if (document.kind().equals("NgrokAccount")) {
        names.add(document.name());
      }
    }
    return new FileAccounts(clinics, names);
  }

  /** Why an account cannot be chosen; empty if it can. */
  public Optional<String> problem(String chosen) {
    return chosen.equals(NgrokAccount.DEFAULT) || names.contains(chosen)
        ? Optional.empty()
        : Optional.of(
            "The files have no Clinic in the account "
                + chosen
                + ", and no NgrokAccount of this name"
                + (names.isEmpty()
                    ? ""
                    : ", but " + names.stream().sorted().collect(Collectors.joining(", ")))
                + ": correct --account");
  }

  /** The Clinics of other accounts than this one, by the names of these accounts. */
  public Map<String, List<String>> others(String account) {
    Map<String, List<String>> others = new TreeMap<>();
    clinics.forEach(
        (clinic, its) -> {
          if (!its.equals(account)) {
            others.computeIfAbsent(its, name -> new ArrayList<>()).add(clinic);
          }
        });
    return others;
  }

  /**
   * Says which Clinics a command leaves out: a sentence for each other account.
   *
   * @param request what to do for them, such as {@code Plan them}
   */
  public List<String> leftOut(String account, String request) {
    return others(account).entrySet().stream()
        .map(
            other ->
                ("Left out, because they are in the account %s: %s."
                        + " %s with --account %s and its API key.")
                    .formatted(
                        other.getKey(),
                        String.join(", ", other.getValue()),
                        request,
                        other.getKey()))
        .toList();
  }

  /** Whether a Clinic is in an account, as far as the files say it. */
  public boolean mayHold(String account, String namespace, String clinic) {
    return clinics.getOrDefault(namespace + "/" + clinic, account).equals(account);
  }
}
