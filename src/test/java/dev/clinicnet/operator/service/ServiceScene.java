package dev.clinicnet.operator.service;

import static dev.clinicnet.operator.claim.ClinicStatusBuilder.clinicStatus;

import dev.clinicnet.operator.agent.LockKeys;
import dev.clinicnet.operator.agent.LockSecret;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.grant.ClinicGrants;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.grant.ServiceGrants;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.ReservedAddr;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.ngrok.Vault;
import dev.clinicnet.operator.ngrok.VaultSecret;
import dev.clinicnet.operator.plan.AgentNote;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reference.ReferencedValues;
import dev.clinicnet.operator.reference.Resolved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One service, its Clinic and the account, as a decision reads them. */
final class ServiceScene {
  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  final ScriptedNgrok ngrok = new ScriptedNgrok();
  final Inventory inventory = new Inventory();
  private final ClinicService service;
  private final List<ClinicService> siblings = new ArrayList<>();
  private final List<Clinic> hostClinics = new ArrayList<>();
  private final List<ClinicService> hostServices = new ArrayList<>();
  private final List<ClinicSession> sessions = new ArrayList<>();
  final MemoryCluster others = new MemoryCluster();
  private Resolved<TLSTermination> termination = Resolved.nothing();
  private LockSecret lock = LockSecret.NONE;
  private Optional<Instant> endpointsBegun = Optional.of(NOW);
  private Clinic clinic;
  private Grant grant = Grant.TRUSTED;
  private Duration undoWindow = Duration.ofDays(7);
  private Instant now = NOW;

  private ServiceScene(ClinicService service) {
    this.service = service;
    siblings.add(service);
  }

  static ServiceScene of(ClinicService service) {
    return new ServiceScene(service);
  }

  /** Its Clinic; null for none. */
  ServiceScene in(Clinic its) {
    clinic = its;
    if (its != null) {
      others.add(its);
    }
    return this;
  }

  ServiceScene sibling(ClinicService other) {
    siblings.add(other);
    return this;
  }

  ServiceScene hostClinic(Clinic other) {
    hostClinics.add(other);
    return this;
  }

  ServiceScene hostService(ClinicService other) {
    hostServices.add(other);
    return this;
  }

  /** A session of this service. */
  ServiceScene session(ClinicSession session) {
    sessions.add(session);
    return this;
  }

  /** A labelled Secret, of keys and values in turn. */
  ServiceScene secret(String name, String version, Map<String, String> data) {
    others.addSecret(name, version, data);
    return this;
  }

  /** A labelled ConfigMap. */
  ServiceScene configMap(String name, Map<String, String> data) {
    others.addConfigMap(name, data);
    return this;
  }

  ServiceScene termination(Resolved<TLSTermination> resolved) {
    termination = resolved;
    return this;
  }

  /** The keys of the internal locks in the Secret of the site kit. */
  ServiceScene keys(LockKeys keys, String rotated) {
    lock = new LockSecret(Optional.of(keys), Optional.ofNullable(rotated), lock.named());
    return this;
  }

  /** The secrets that the published site kit admits, by their hashes. */
  ServiceScene kitAdmits(String... hashes) {
    lock = new LockSecret(lock.keys(), lock.rotated(), Optional.of(Set.of(hashes)));
    return this;
  }

  /** The published site kit is in a cache only, so nobody knows what it admits. */
  ServiceScene kitUnknown() {
    lock = new LockSecret(lock.keys(), lock.rotated(), Optional.empty());
    return this;
  }

  /** When the last list of endpoints began; null if there was none. */
  ServiceScene endpointsBegun(Instant when) {
    endpointsBegun = Optional.ofNullable(when);
    return this;
  }

  /** An agent binds the URL with a lock that these secrets open. */
  ServiceScene boundWithLock(String url, String... admitted) {
    return endpoint(
        "ep_agent_" + url,
        "ephemeral",
        url,
        "{\"internalLock\":[\"" + String.join("\",\"", admitted) + "\"]}",
        null);
  }

  ServiceScene at(Instant moment) {
    now = moment;
    return this;
  }

  ServiceScene granted(Grant granted) {
    grant = granted;
    return this;
  }

  ServiceScene withoutUndoWindow() {
    undoWindow = Duration.ZERO;
    return this;
  }

  /** A domain that the installation shares. */
  ServiceScene domain(String name) {
    return domain(name, Mark.shared("i"));
  }

  ServiceScene domain(String name, Mark mark) {
    String metadata = mark == null ? null : mark.text();
    ngrok.put(
        Resource.RESERVED_DOMAINS,
        new ReservedDomain("rd_1", null, name, null, metadata, null, null, null, null, null));
    return this;
  }

  ServiceScene addr(String id, String addr, Mark mark) {
    ngrok.put(
        Resource.RESERVED_ADDRS,
        new ReservedAddr(id, null, addr, "us", null, mark == null ? null : mark.text()));
    return this;
  }

  ServiceScene endpoint(String id, String url, Mark mark, String policy) {
    return endpoint(id, "cloud", url, mark == null ? null : mark.text(), policy);
  }

  /** An agent binds the URL. */
  ServiceScene bound(String url) {
    return endpoint("ep_agent_" + url, "ephemeral", url, null, null);
  }

  /** An agent binds the URL, as it was asked through its API. */
  ServiceScene started(String url, String fingerprint) {
    return endpoint("ep_agent_" + url, "ephemeral", url, AgentNote.metadata(fingerprint), null);
  }

  /** The agent's session belongs to a credential. */
  ServiceScene agentSession(String credential) {
    ngrok.put(
        Resource.TUNNEL_SESSIONS,
        new TunnelSession("ts_1", null, new Ref(credential, ""), null, null, null, null, null));
    return this;
  }

  private ServiceScene endpoint(
      String id, String type, String url, String metadata, String policy) {
    ngrok.put(
        Resource.ENDPOINTS,
        new Endpoint(
            id,
            null,
            type,
            url,
            null,
            false,
            null,
            metadata,
            policy,
            null,
            null,
            type.equals("cloud") ? null : new Ref("ts_1", ""),
            null,
            null));
    return this;
  }

  ServiceScene vault(String id, String name, Mark mark) {
    ngrok.put(Resource.VAULTS, new Vault(id, null, name, null, mark == null ? null : mark.text()));
    return this;
  }

  ServiceScene vaultSecret(String id, String vault, String name, Mark mark) {
    String metadata = mark == null ? null : mark.text();
    ngrok.put(
        Resource.VAULT_SECRETS,
        new VaultSecret(id, null, name, null, metadata, new Ref(vault, ""), null));
    return this;
  }

  Mark mark() {
    return Mark.of("i", Owner.of(service), service.getMetadata().getUid(), "clinic1");
  }

  ServiceObservation observe() {
    ngrok.sweepInto(inventory);
    return observeUnswept();
  }

  ServiceObservation observeUnswept() {
    return new ServiceObservation(
        service,
        ClinicServiceStatus.of(service),
        new Settings("i", undoWindow),
        inventory,
        grant,
        ServiceGrants.problem(
            service, Optional.ofNullable(clinic), grant, List.of(service), List.of()),
        Optional.ofNullable(clinic)
            .flatMap(its -> ClinicGrants.problem(its, grant, List.of(its), List.of())),
        Optional.ofNullable(clinic),
        siblings,
        hostClinics,
        hostServices,
        sessions,
        termination,
        lock,
        endpointsBegun,
        new ReferencedValues(others, "clinics"),
        new Holders(this.others),
        "fresh",
        Lane.CHANGE,
        now);
  }

  ServiceDecision decide() {
    return ServiceDecision.decide(observe());
  }

  List<String> steps() {
    return text(decide().steps());
  }

  static List<String> text(List<Step> steps) {
    return steps.stream().map(Object::toString).toList();
  }

  /** A status of a Clinic that is accepted, or not. */
  static ClinicStatus accepted(boolean accepted) {
    return clinicStatus()
        .conditions(
            List.of(
                new Condition(
                    "Accepted",
                    accepted ? ConditionStatus.True : ConditionStatus.False,
                    1L,
                    "2026-01-01T00:00:00Z",
                    accepted ? "Accepted" : "DomainConflict",
                    "a message")))
        .build();
  }
}
