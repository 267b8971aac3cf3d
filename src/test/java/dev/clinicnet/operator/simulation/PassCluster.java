package dev.clinicnet.operator.simulation;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.condition.EventReason;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.kubernetes.Cluster;
import dev.clinicnet.operator.kubernetes.SessionCluster;
import dev.clinicnet.operator.ngrok.NgrokException;
import dev.clinicnet.operator.ngrok.WriteGuard;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The cluster as one pass sees it: manifests from the controller's caches, Secrets live, and writes
 * over the version that the pass has seen, as the adapters of the operator SDK do them.
 */
final class PassCluster implements Cluster, SessionCluster {
  private static final int ATTEMPTS = 10;

  private final World world;
  private final Caches caches;
  private final WriteGuard guard;
  private HasMetadata primary;

  PassCluster(World world, Caches caches, WriteGuard guard, HasMetadata primary) {
    this.world = world;
    this.caches = caches;
    this.guard = guard;
    this.primary = primary;
  }

  @Override
  public Optional<Clinic> clinic(String namespace, String name) {
    return caches.clinic(namespace, name);
  }

  @Override
  public Collection<Clinic> clinicsBy(String claimKey) {
    return caches.clinicsBy(claimKey);
  }

  @Override
  public Collection<ClinicService> servicesBy(String claimKey) {
    return caches.servicesBy(claimKey);
  }

  @Override
  public Collection<ClinicSession> sessionsBy(String claimKey) {
    return caches.sessionsBy(claimKey);
  }

  @Override
  public Optional<ClinicService> service(String namespace, String name) {
    return caches.service(namespace, name);
  }

  @Override
  public Grant grant(String account, String namespace) {
    return Grant.TRUSTED;
  }

  @Override
  public Optional<Secret> secret(String namespace, String name) {
    return world.cross(
        "read Secret " + name, () -> world.server().get(Secret.class, namespace, name));
  }

  /** Only Secrets with a label of the operator are in its cache. */
  @Override
  public Optional<Secret> cachedSecret(String namespace, String name) {
    return caches
        .secret(namespace, name)
        .filter(secret -> secret.getMetadata().getLabels() != null)
        .filter(secret -> secret.getMetadata().getLabels().containsKey("clinicnet.dev/site-kit"));
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return Optional.empty();
  }

  @Override
  public boolean vouchesForRequesters() {
    return false;
  }

  @Override
  public Secret createSecret(Secret secret) {
    return write(
        "create Secret " + secret.getMetadata().getName(), () -> world.server().create(secret));
  }

  @Override
  public Secret updateSecret(Secret secret) {
    return write(
        "update Secret " + secret.getMetadata().getName(), () -> world.server().update(secret));
  }

  @Override
  public void delete(ClinicSession session) {
    write(
        "delete session " + session.getMetadata().getName(),
        () -> {
          world.server().delete(session);
          return session;
        });
  }

  /** A status over an old version is written again over the version that the cache shows then. */
  @Override
  public void applyStatus(HasMetadata withStatus) {
    for (int attempt = 1; ; attempt++) {
      HasMetadata over = over(withStatus, primary.getMetadata().getResourceVersion());
      try {
        primary =
            write(
                "status of " + withStatus.getMetadata().getName(),
                () -> world.server().applyStatus(over));
        caches.wrote(primary);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != 409 || attempt == ATTEMPTS) {
          throw e;
        }
        primary = newer(e);
      }
    }
  }

  private HasMetadata newer(KubernetesClientException conflict) {
    HasMetadata shown =
        caches
            .one(
                primary.getClass(),
                primary.getMetadata().getNamespace(),
                primary.getMetadata().getName())
            .map(HasMetadata.class::cast)
            .orElseThrow(() -> conflict);
    for (int wait = 0; wait < 25 && isSame(shown) && caches.isBehind(); wait++) {
      world.deliver(caches);
      shown =
          caches
              .one(
                  primary.getClass(),
                  primary.getMetadata().getNamespace(),
                  primary.getMetadata().getName())
              .map(HasMetadata.class::cast)
              .orElseThrow(() -> conflict);
    }
    if (isSame(shown)) {
      throw conflict;
    }
    return shown;
  }

  private boolean isSame(HasMetadata shown) {
    return shown
        .getMetadata()
        .getResourceVersion()
        .equals(primary.getMetadata().getResourceVersion());
  }

  private static HasMetadata over(HasMetadata status, String version) {
    HasMetadata over = world(status);
    over.setMetadata(
        new ObjectMetaBuilder(status.getMetadata()).withResourceVersion(version).build());
    return over;
  }

  private static HasMetadata world(HasMetadata status) {
    if (status instanceof Clinic clinic) {
      return withStatus(new Clinic(), clinic.getStatus());
    }
    return status instanceof ClinicService service
        ? withStatus(new ClinicService(), service.getStatus())
        : withStatus(new ClinicSession(), ((ClinicSession) status).getStatus());
  }

  private static <S> HasMetadata withStatus(CustomResource<?, S> object, S status) {
    object.setStatus(status);
    return object;
  }

  @Override
  public void emit(HasMetadata about, boolean warning, EventReason reason, String message) {
    try {
      world.cross(
          "Event " + reason,
          () -> {
            world.said("Event " + reason + " " + message);
            return about;
          });
    } catch (KubernetesClientException lost) {
      world.said("lost Event");
    }
  }

  private <T> T write(String what, Supplier<T> call) {
    try {
      guard.check();
    } catch (NgrokException refusal) {
      throw new KubernetesClientException(refusal.getMessage(), refusal);
    }
    return world.crossWrite(what, call);
  }
}
