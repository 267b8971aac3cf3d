package dev.clinicnet.operator.cli.imports;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.NgrokAccount;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Endpoint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The manifests of one site, as maps in the order in which people read them. */
final class ClinicManifests {
  private final ImportedClinic clinic;
  private final String account;
  private final String namespace;

  ClinicManifests(ImportedClinic clinic, String account, String namespace) {
    this.clinic = clinic;
    this.account = account;
    this.namespace = namespace;
  }

  /** The Clinic first, then its services. */
  List<Map<String, Object>> all() {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(clinic());
    clinic.services().forEach(service -> all.add(service(service)));
    return all;
  }

  private Map<String, Object> clinic() {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put(Annotations.KEEP_AUTHTOKEN, "true");
    if (!clinic.adopted().isEmpty()) {
      annotations.put(Annotations.ADOPT, String.join(", ", clinic.adopted()));
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    clinic.displayName().ifPresent(name -> spec.put("displayName", name));
    if (!account.equals(NgrokAccount.DEFAULT)) {
      spec.put("accountRef", Map.of("name", account));
    }
    spec.put("internalDomain", clinic.internalDomain());
    if (!clinic.domains().isEmpty()) {
      spec.put("domains", clinic.domains().stream().map(ClinicManifests::domain).toList());
    }
    if (clinic.redundant()) {
      spec.put("agent", Map.of("redundant", true));
    }
    return object("Clinic", clinic.name(), annotations, spec);
  }

  private static Map<String, Object> domain(ImportedClinic.Domain domain) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", domain.name());
    if (domain.shared()) {
      entry.put("shared", true);
    }
    return entry;
  }

  private Map<String, Object> service(ImportedService service) {
    Map<String, String> annotations = new LinkedHashMap<>();
    service.endpoint().map(Endpoint::id).ifPresent(id -> annotations.put(Annotations.ADOPT, id));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("clinicRef", Map.of("name", clinic.name()));
    Map<String, Object> upstream = new LinkedHashMap<>();
    upstream.put("url", service.upstream().url());
    if (service.upstream().protocol() != null) {
      upstream.put("protocol", service.upstream().protocol());
    }
    spec.put("upstream", upstream);
    spec.put("internalURL", service.internalURL());
    service
        .policy()
        .ifPresent(
            policy -> {
              spec.put("expose", expose(service.shownURL(), policy));
              Map<String, Object> access = access(policy);
              if (!access.isEmpty()) {
                spec.put("access", access);
              }
              if (!policy.rules().isEmpty()) {
                spec.put("trafficPolicy", policy.rules());
              }
            });
    return object("ClinicService", service.name(), annotations, spec);
  }

  private static Map<String, Object> expose(String url, PolicyReading policy) {
    String name = AccountFacts.authority(url);
    if (url.startsWith("tcp:")) {
      return Map.of("tcp", Map.of("address", name));
    }
    if (url.startsWith("tls:")) {
      return Map.of("tls", Map.of("host", name));
    }
    Map<String, Object> https = new LinkedHashMap<>();
    https.put("host", name);
    if (!policy.paths().isEmpty()) {
      https.put("paths", policy.paths());
    }
    return Map.of("https", https);
  }

  private static Map<String, Object> access(PolicyReading policy) {
    Map<String, Object> access = new LinkedHashMap<>();
    putUnlessEmpty(access, "allowCIDRs", policy.allow());
    putUnlessEmpty(access, "denyCIDRs", policy.deny());
    putUnlessEmpty(access, "ipPolicyIDs", policy.ipPolicyIDs());
    return access;
  }

  private static void putUnlessEmpty(Map<String, Object> map, String field, List<String> list) {
    if (!list.isEmpty()) {
      map.put(field, list);
    }
  }

  private Map<String, Object> object(
      String kind, String name, Map<String, String> annotations, Map<String, Object> spec) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    metadata.put("namespace", namespace);
    if (!annotations.isEmpty()) {
      metadata.put("annotations", annotations);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", HasMetadata.getApiVersion(Clinic.class));
    object.put("kind", kind);
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }
}
