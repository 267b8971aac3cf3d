package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import java.util.ArrayList;
import java.util.Collection;
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
 * @param clinics the account of each Clinic, by namespace and name
 * @param names the names of all accounts: of Clinics and of NgrokAccounts
 */
public record FileAccounts(Map<String, String> clinics, Set<String> names) {
  public FileAccounts {
    clinics = Map.copyOf(clinics);
    names = Set.copyOf(names);
  }

  /** The accounts in sound documents. */
  public static FileAccounts of(Collection<Document> documents) {
    Map<String, String> clinics = new TreeMap<>();
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
    clinics.keySet().stream()
        .sorted()
        .filter(clinic -> !clinics.get(clinic).equals(account))
        .forEach(
            clinic ->
                others.computeIfAbsent(clinics.get(clinic), name -> new ArrayList<>()).add(clinic));
    return others;
  }
}
