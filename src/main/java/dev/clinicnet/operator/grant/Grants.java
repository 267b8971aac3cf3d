package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.NamespaceSelection;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All grants of the account that is used. */
public final class Grants {
  /** The message about an account that is not used. */
  public static final String NOT_USED =
      "The operator uses the NgrokAccount "
          + NgrokAccount.USED
          + " only: rename this one, or delete it.";

  private final Optional<NgrokAccount> account;

  private Grants(Optional<NgrokAccount> account) {
    this.account = account;
  }

  /** The grants of the account that is used. If it has no grants, all namespaces are trusted. */
  public static Grants of(Collection<NgrokAccount> accounts) {
    return new Grants(
        accounts.stream()
            .filter(Grants::isUsed)
            .filter(account -> account.getSpec() != null)
            .filter(account -> !account.getSpec().grants().isEmpty())
            .findFirst());
  }

  /** Whether the operator uses an account. */
  public static boolean isUsed(NgrokAccount account) {
    return isUsed(account.getMetadata().getName());
  }

  /** Whether the operator uses the account of this name. */
  public static boolean isUsed(String name) {
    return NgrokAccount.USED.equals(name);
  }

  /**
   * What a namespace may hold.
   *
   * @param labels the labels of the namespace; empty if it is not known
   */
  public Grant of(String namespace, Map<String, String> labels) {
    return account
        .map(
            used ->
                new Grant(
                    Optional.of(used.getMetadata().getName()),
                    namespace,
                    used.getSpec().onRevoked(),
                    selecting(used, namespace, labels)))
        .orElse(Grant.TRUSTED);
  }

  private static List<NamespaceGrant> selecting(
      NgrokAccount used, String namespace, Map<String, String> labels) {
    return used.getSpec().grants().stream()
        .filter(grant -> selects(grant, namespace, labels))
        .toList();
  }

  /** Whether a grant is for a namespace: by its name, or because it carries all the labels. */
  static boolean selects(NamespaceGrant grant, String namespace, Map<String, String> labels) {
    NamespaceSelection selection = grant.namespaces();
    boolean labelled =
        !selection.matchLabels().isEmpty()
            && labels.entrySet().containsAll(selection.matchLabels().entrySet());
    return labelled || selection.names().contains(namespace);
  }
}
