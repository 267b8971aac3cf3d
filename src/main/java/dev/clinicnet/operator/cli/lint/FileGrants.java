package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.grant.Grants;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.ManifestValidation;
import dev.clinicnet.operator.manifest.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the NgrokAccounts among files grant to namespaces. The labels of a namespace are known from
 * its own manifest only.
 */
public final class FileGrants {
  private final Grants grants;
  private final Map<String, Map<String, String>> labels;

  private FileGrants(Grants grants, Map<String, Map<String, String>> labels) {
    this.grants = grants;
    this.labels = labels;
  }

  /** The grants in sound documents. */
  public static FileGrants of(List<Document> documents) {
    List<NgrokAccount> accounts = new ArrayList<>();
    Map<String, Map<String, String>> labels = new HashMap<>();
    for (Document document : documents) {
      if (ManifestValidation.knows(document) && document.kind().equals("NgrokAccount")) {
        accounts.add(TypedManifests.typed(document, NgrokAccount.class));
      } else if (document.apiVersion().equals("v1") && document.kind().equals("Namespace")) {
        labels.put(document.name(), labels(document));
      }
    }
    return new FileGrants(Grants.of(accounts), labels);
  }

  /**
   * The names that a namespace may hold in an account. If the account is not among the files,
   * everything.
   */
  public Grant of(String account, String namespace) {
    return grants.ofKnown(account, namespace, labels.getOrDefault(namespace, nameLabel(namespace)));
  }

  private static Map<String, String> labels(Document document) {
    Map<String, String> labels = new HashMap<>(nameLabel(document.name()));
    if (document.root().field("metadata").flatMap(m -> m.field("labels")).orElse(null)
        instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach((key, entry) -> labels.put(key, String.valueOf(entry.value().plain())));
    }
    return labels;
  }

  /** The API server puts this label on every namespace. */
  private static Map<String, String> nameLabel(String namespace) {
    return Map.of("kubernetes.io/metadata.name", namespace);
  }
}
