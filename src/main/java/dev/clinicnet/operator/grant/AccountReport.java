package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.api.v1alpha1.AccountOperator;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.GrantStatus;
import dev.clinicnet.operator.api.v1alpha1.GrantTotals;
import dev.clinicnet.operator.api.v1alpha1.NamespaceGrant;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccountStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Conditions;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an account's status: whether the account is used, and for how many objects.
 *
 * @param namespaces the labels of every namespace, by its name
 * @param clinics the number of Clinics, by namespace
 * @param services the number of ClinicServices, by namespace
 * @param operator who reports
 */
public record AccountReport(
    Map<String, Map<String, String>> namespaces,
    Map<String, Integer> clinics,
    Map<String, Integer> services,
    AccountOperator operator) {

  /**
   * How an account is used that has its key in a Secret.
   *
   * @param key whether its key was found
   * @param listed whether ngrok lists it
   */
  public record Use(Verdict key, Verdict listed) {}

  /**
   * The status of an account.
   *
   * @param use empty for the account {@code default}, which metrics show, and for one without a key
   */
  public NgrokAccountStatus of(NgrokAccount account, Optional<Use> use, Instant now) {
    List<Condition> before =
        account.getStatus() == null ? List.of() : account.getStatus().conditions();
    long generation = account.getMetadata().getGeneration();
    Verdict accepted = verdict(account);
    List<Condition> conditions =
        use.map(
                its ->
                    new Assessment()
                        .put(ConditionType.Accepted, accepted)
                        .put(ConditionType.ResolvedRefs, its.key())
                        .put(ConditionType.Programmed, its.listed())
                        .conditions(before, generation, now))
            .orElseGet(() -> List.of(condition(accepted, before, generation, now)));
    if (accepted.reason() == Reason.AccountNotUsed) {
      return new NgrokAccountStatus(generation, conditions, operator, List.of(), null);
    }
    List<GrantStatus> grants = new ArrayList<>();
    Set<String> all = new LinkedHashSet<>();
    for (NamespaceGrant grant : account.getSpec().grants()) {
      Set<String> selected = selected(grant);
      all.addAll(selected);
      grants.add(
          new GrantStatus(
              grant.name(), selected.size(), sum(clinics, selected), sum(services, selected)));
    }
    return new NgrokAccountStatus(
        generation,
        conditions,
        operator,
        grants,
        new GrantTotals(grants.size(), all.size(), sum(clinics, all), sum(services, all)));
  }

  private Set<String> selected(NamespaceGrant grant) {
    Set<String> selected = new LinkedHashSet<>();
    namespaces.forEach(
        (name, labels) -> {
          if (Grants.selects(grant, name, labels)) {
            selected.add(name);
          }
        });
    return selected;
  }

  private static Verdict verdict(NgrokAccount account) {
    boolean isDefault = Grants.isDefault(account.getMetadata().getName());
    boolean hasKey = account.getSpec().apiKeySecretRef() != null;
    if (isDefault && hasKey) {
      return Verdict.no(
          Reason.Invalid,
          "spec.apiKeySecretRef: the account default has the API key that the operator was started"
              + " with: remove the field, or give the NgrokAccount another name. Its grants"
              + " count.");
    }
    if (!isDefault && !hasKey) {
      return Verdict.no(Reason.AccountNotUsed, Grants.WITHOUT_KEY);
    }
    if (!account.getSpec().grants().isEmpty()) {
      return Verdict.yes(Reason.Accepted, "What is not granted here is refused.");
    }
    return Verdict.yes(
        Reason.Accepted,
        isDefault
            ? "There is no grant: every namespace is trusted."
            : "There is no grant: no namespace may use the account.");
  }

  private static Condition condition(
      Verdict verdict, List<Condition> before, long generation, Instant now) {
    String type = ConditionType.Accepted.name();
    Optional<Condition> old = Conditions.find(before, ConditionType.Accepted);
    String since =
        old.filter(known -> known.status() == verdict.status())
            .map(Condition::lastTransitionTime)
            .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new Condition(
        type, verdict.status(), generation, since, verdict.reason().name(), verdict.message());
  }

  private static int sum(Map<String, Integer> counts, Set<String> of) {
    return of.stream().mapToInt(name -> counts.getOrDefault(name, 0)).sum();
  }
}
