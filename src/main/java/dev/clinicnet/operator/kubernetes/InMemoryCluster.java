package dev.clinicnet.operator.kubernetes;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.claim.ClaimKeys;
import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.grant.Grant;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A cluster in memory, for {@code lint}, {@code plan} and tests. It keeps what is written. */
public class InMemoryCluster implements Cluster {
  private final Map<String, HasMetadata> objects = new LinkedHashMap<>();
  private final Map<String, Set<String>> byClaimKey = new HashMap<>();

  /** Holds an object, in place of an earlier one of its kind and name. */
  public InMemoryCluster add(HasMetadata object) {
    remove(object);
    objects.put(path(object), object);
    claimKeys(object)
        .forEach(
            key -> byClaimKey.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(path(object)));
    return this;
  }

  /** No longer holds the object of this kind and name. */
  public final void remove(HasMetadata object) {
    HasMetadata before = objects.remove(path(object));
    if (before != null) {
      claimKeys(before)
          .forEach(key -> byClaimKey.getOrDefault(key, new HashSet<>()).remove(path(object)));
    }
  }

  /** All objects of a kind, in the order in which they were added. */
  public final <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The object of a kind and name. */
  protected final <T extends HasMetadata> Optional<T> find(
      Class<T> type, String namespace, String name) {
    return Optional.ofNullable(objects.get(path(HasMetadata.getKind(type), namespace, name)))
        .map(type::cast);
  }

  /** The stored object of the same kind and name; null if there is none. */
  protected final HasMetadata held(HasMetadata object) {
    return objects.get(path(object));
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return find(Clinic.class, namespace, name);
  }

  @Override
  public final Collection<Clinic> clinicsBy(String claimKey) {
    return claiming(claimKey, Clinic.class);
  }

  @Override
  public final Collection<ClinicService> servicesBy(String claimKey) {
    return claiming(claimKey, ClinicService.class);
  }

  @Override
  public final Collection<ClinicSession> sessionsBy(String claimKey) {
    return claiming(claimKey, ClinicSession.class);
  }

  @Override
  public Grant grant(String account, String namespace) {
    return Grant.TRUSTED;
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return find(Secret.class, namespace, name);
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return secret(namespace, name);
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return find(ConfigMap.class, namespace, name);
  }

  @Override
  public Secret createSecret(Secret secret) {
    return updateSecret(secret);
  }

  @Override
  public Secret updateSecret(Secret secret) {
    add(secret);
    return secret;
  }

  @Override
  public void applyStatus(HasMetadata withStatus) {
    HasMetadata held = held(withStatus);
    if (held instanceof Clinic clinic) {
      clinic.setStatus(((Clinic) withStatus).getStatus());
    } else if (held instanceof ClinicService service) {
      service.setStatus(((ClinicService) withStatus).getStatus());
    } else if (held instanceof ClinicSession session) {
      session.setStatus(((ClinicSession) withStatus).getStatus());
    }
  }

  /** Keeps no Events, because statuses have the same text. */
  @Override
  public void emit(HasMetadata about, boolean warning, EventReason reason, String message) {}

  /** Kind, namespace and name. */
  public static String path(HasMetadata object) {
    return path(
        object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  private static String path(String kind, String namespace, String name) {
    return kind + " " + namespace + "/" + name;
  }

  private <T extends HasMetadata> List<T> claiming(String key, Class<T> type) {
    return byClaimKey.getOrDefault(key, Set.of()).stream()
        .map(objects::get)
        .filter(type::isInstance)
        .filter(object -> claimKeys(object).contains(key))
        .map(type::cast)
        .toList();
  }

  private static Collection<String> claimKeys(HasMetadata object) {
    if (object instanceof Clinic clinic) {
      return ClaimKeys.of(clinic);
    } else if (object instanceof ClinicService service) {
      return ClaimKeys.of(service);
    }
    return object instanceof ClinicSession session ? ClaimKeys.of(session) : List.of();
  }
}
