package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.api.externaldns.DNSEndpoint;
import dev.clinicnet.operator.api.v1alpha1.AgentAPIStatus;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.clinic.AssumedAgentAPISecret;
import dev.clinicnet.operator.clinic.AssumedDNSEndpoint;
import dev.clinicnet.operator.clinic.AssumedSiteKit;
import dev.clinicnet.operator.clinic.PublishedObject;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.DNSEndpoints;
import dev.clinicnet.operator.kubernetes.InMemoryCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A cluster with the objects of the files, and with the objects of the operator that the account
 * and the applied manifests suggest.
 */
final class ImaginedCluster extends InMemoryCluster implements DNSEndpoints {
  private final PlannedManifests manifests;
  private final FileSecrets referenced;
  private final Inventory inventory;
  private final Scope scope;
  private final Optional<ImaginedCluster> base;
  private final Map<String, PublishedObject> start = new LinkedHashMap<>();

  /**
   * A cluster before the rehearsal.
   *
   * @param deleted the Clinics that are to be deleted
   * @param inventory the account before the rehearsal
   * @param base the cluster after a rehearsal of the manifests that are applied now; empty if they
   *     are not given
   */
  ImaginedCluster(
      PlannedManifests manifests,
      List<Clinic> deleted,
      Inventory inventory,
      Scope scope,
      Optional<ImaginedCluster> base) {
    this.manifests = manifests;
    this.referenced = new FileSecrets(manifests, inventory);
    this.inventory = inventory;
    this.scope = scope;
    this.base = base;
    manifests.objects().forEach(this::add);
    manifests.secrets().values().forEach(this::add);
    manifests.clinics().values().forEach(this::assume);
    deleted.forEach(this::assume);
    start.putAll(published());
  }

  /** The objects of the operator before the rehearsal, by path. */
  Map<String, PublishedObject> start() {
    return start;
  }

  /** The present objects of the operator, by path. */
  Map<String, PublishedObject> published() {
    Map<String, PublishedObject> published = new LinkedHashMap<>();
    Stream.<HasMetadata>concat(all(Secret.class).stream(), all(DNSEndpoint.class).stream())
        .forEach(
            object -> PublishedObject.of(object).ifPresent(o -> published.put(path(object), o)));
    return published;
  }

  /** Deletes what belongs to a Clinic that is gone, as Kubernetes does. */
  void collect(Clinic gone) {
    published().values().stream()
        .filter(object -> object.clinic().equals(Owner.of(gone)))
        .filter(PublishedObject::isBound)
        .forEach(object -> remove(object.object()));
  }

  /** The real cluster may have more objects than the files. */
  @Override
  public boolean isWhole() {
    return false;
  }

  @Override
  public Optional<Secret> referencedSecret(String namespace, String name) {
    return referenced.referenced(namespace, name);
  }

  @Override
  public Optional<ConfigMap> referencedConfigMap(String namespace, String name) {
    return Optional.ofNullable(manifests.configMaps().get(namespace + "/" + name))
        .filter(FileSecrets::isLabelled);
  }

  @Override
  public Grant grant(String account, String namespace) {
    return manifests.grants().of(account, namespace);
  }

  @Override
  public Optional<DNSEndpoints> dnsEndpoints() {
    return scope.dnsEndpoints() ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<DNSEndpoint> find(String namespace, String name) {
    return find(DNSEndpoint.class, namespace, name);
  }

  @Override
  public void apply(DNSEndpoint wanted) {
    add(wanted);
  }

  @Override
  public void delete(DNSEndpoint present) {
    remove(present);
  }

  /** A Secret that the rehearsal of the applied manifests has left. */
  private Optional<PublishedObject> present(
      Optional<Clinic> applied, Function<Clinic, String> name) {
    return applied.flatMap(
        clinic ->
            base.orElseThrow()
                .secret(clinic.getMetadata().getNamespace(), name.apply(clinic))
                .flatMap(PublishedObject::of));
  }

  /** Adds a Secret, unless the files have one of its name. */
  private Secret assume(Secret secret) {
    return secret(secret.getMetadata().getNamespace(), secret.getMetadata().getName())
        .orElseGet(() -> updateSecret(secret));
  }

  /** Adds the objects that the operator has probably written for a Clinic. */
  private void assume(Clinic clinic) {
    String namespace = clinic.getMetadata().getNamespace();
    Optional<Clinic> applied =
        base.flatMap(other -> other.clinic(namespace, clinic.getMetadata().getName()));
    Clinic manifest = applied.orElse(clinic);
    String instance = scope.settings().instance();
    AssumedSiteKit.of(manifest, inventory, instance, present(applied, ClinicNames::siteKitSecret))
        .ifPresent(this::assume);
    boolean hasKeys =
        AssumedAgentAPISecret.of(manifest, inventory, instance)
            .or(
                () ->
                    present(applied, ClinicNames::agentAPISecret)
                        .filter(o -> o.use() == PublishedObject.Use.AGENT_API)
                        .map(o -> (Secret) o.object()))
            .map(this::assume)
            .isPresent();
    if (hasKeys && clinic.getSpec().agent().api() == null) {
      // The operator only looks for the Secret if the manifest or the status names it.
      clinic.setStatus(
          ClinicStatus.EMPTY.withAgentAPI(
              new AgentAPIStatus(null, ClinicNames.agentAPISecret(clinic), null)));
    }
    if (scope.dnsEndpoints()) {
      (applied.isPresent()
              ? base.orElseThrow().start.values().stream()
                  .filter(object -> object.clinic().equals(Owner.of(clinic)))
                  .flatMap(object -> Stream.of(object.object()))
                  .filter(DNSEndpoint.class::isInstance)
                  .map(DNSEndpoint.class::cast)
                  .findFirst()
              : Optional.of(clinic)
                  .filter(c -> scope.known().contains(Owner.of(c)))
                  .flatMap(
                      c ->
                          AssumedDNSEndpoint.of(c, this, scope.settings(), inventory, scope.now())))
          .ifPresent(this::add);
    }
  }
}
