package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The grants without which nothing that exists may be adopted. Every name stands in them by itself,
 * so that they allow no more than what is imported.
 */
final class GrantManifest {
  /** A list of a grant holds at most so many names. */
  private static final int MOST_NAMES = 32;

  /** The Secret that the documentation proposes for the keys of further accounts. */
  static final String SECRET = "ngrok-accounts";

  private final Map<String, Set<String>> lists = new TreeMap<>();
  private boolean rules;

  private GrantManifest() {}

  /**
   * The NgrokAccount. Its key is in a Secret that a person has to name, unless it is the account
   * {@code default}.
   *
   * @param acl the names that a credential may bind, by its id
   */
  static Map<String, Object> of(
      Imported imported, String account, String namespace, Function<String, List<String>> acl) {
    GrantManifest grant = new GrantManifest();
    imported.clinics().forEach(clinic -> grant.add(clinic, acl));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", HasMetadata.getApiVersion(NgrokAccount.class));
    object.put("kind", "NgrokAccount");
    object.put("metadata", Map.of("name", account));
    Map<String, Object> spec = new LinkedHashMap<>();
    if (!account.equals(NgrokAccount.DEFAULT)) {
      Map<String, Object> key = new LinkedHashMap<>();
      key.put("name", SECRET);
      key.put("key", account);
      spec.put("apiKeySecretRef", key);
    }
    spec.put("grants", grant.grants(namespace));
    object.put("spec", spec);
    return object;
  }

  private void add(ImportedClinic clinic, Function<String, List<String>> acl) {
    list("internalDomains").add(clinic.internalDomain());
    clinic
        .domains()
        .forEach(
            domain -> {
              list(domain.shared() ? "sharedDomains" : "domains").add(domain.name());
              list("names").add(domain.name());
            });
    clinic.credentials().stream()
        .flatMap(id -> acl.apply(id).stream())
        .map(rule -> rule.substring(rule.indexOf(':') + 1))
        .forEach(name -> list(name.contains(":") ? "addresses" : "names").add(name));
    for (ImportedService service : clinic.services()) {
      service.endpoint().ifPresent(endpoint -> add(endpoint.url()));
      service
          .policy()
          .ifPresent(
              policy -> {
                rules = rules || !policy.rules().isEmpty();
                list("ipPolicyIDs").addAll(policy.ipPolicyIDs());
              });
    }
  }

  private void add(String url) {
    String name = AccountFacts.authority(url);
    if (url.startsWith("tcp:")) {
      list("existing").add(name);
      list("addresses").add(name);
    } else {
      list("sharedHosts").add(name);
      list("names").add(name);
    }
  }

  private Set<String> list(String name) {
    return lists.computeIfAbsent(name, key -> new TreeSet<>());
  }

  private List<Map<String, Object>> grants(String namespace) {
    int longest = lists.values().stream().mapToInt(Set::size).max().orElse(0);
    int count = (longest + MOST_NAMES - 1) / MOST_NAMES;
    List<Map<String, Object>> grants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> grant = new LinkedHashMap<>();
      grant.put("name", "imported-" + (i + 1));
      grant.put("namespaces", Map.of("names", List.of(namespace)));
      for (String list : List.of("domains", "sharedDomains", "sharedHosts", "internalDomains")) {
        put(grant, list, list, i);
      }
      Map<String, Object> addresses = new LinkedHashMap<>();
      put(addresses, "existing", "existing", i);
      if (!addresses.isEmpty()) {
        grant.put("addresses", addresses);
      }
      put(grant, "ipPolicyIDs", "ipPolicyIDs", i);
      if (i == 0 && rules) {
        grant.put("trafficPolicy", true);
      }
      Map<String, Object> adoption = new LinkedHashMap<>();
      put(adoption, "names", "names", i);
      put(adoption, "addresses", "addresses", i);
      if (!adoption.isEmpty()) {
        grant.put("adoption", adoption);
      }
      grants.add(grant);
    }
    return grants;
  }

  private void put(Map<String, Object> map, String field, String list, int part) {
    List<String> names =
        list(list).stream().skip((long) part * MOST_NAMES).limit(MOST_NAMES).toList();
    if (!names.isEmpty()) {
      map.put(field, names);
    }
  }
}
