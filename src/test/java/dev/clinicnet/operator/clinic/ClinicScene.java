package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.account.RotationQueue;
import dev.clinicnet.operator.agent.TLSTermination;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.grant.ClinicGrants;
import dev.clinicnet.operator.grant.Grant;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import dev.clinicnet.operator.kubernetes.Elsewhere;
import dev.clinicnet.operator.kubernetes.Holders;
import dev.clinicnet.operator.kubernetes.MemoryCluster;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Ref;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.SecretValue;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.ngrok.TunnelSession;
import dev.clinicnet.operator.plan.ScriptedNgrok;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.reference.Resolved;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Clinic, the account and the Secret, as a decision reads them. */
final class ClinicScene {
  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private Elsewhere elsewhere = Elsewhere.NOWHERE;
  final ScriptedNgrok ngrok = new ScriptedNgrok();
  final Inventory inventory = new Inventory();
  private final Clinic clinic;
  private final List<Clinic> rivals = new ArrayList<>();
  private final List<ClinicService> services = new ArrayList<>();
  private final List<ClinicService> hostRivals = new ArrayList<>();
  private final Map<String, TLSTermination> terminations = new HashMap<>();
  private Resolved<SecretValue> proxyPassword = Resolved.nothing();
  private Secret secret;
  private Secret agentAPI;
  private final RotationQueue rotations = new RotationQueue();
  private Instant now = NOW;
  private Grant grant = Grant.TRUSTED;
  final MemoryCluster others = new MemoryCluster();
  private Duration undoWindow = Duration.ofDays(7);

  private ClinicScene(Clinic clinic) {
    this.clinic = clinic;
  }

  static ClinicScene of(Clinic clinic) {
    return new ClinicScene(clinic);
  }

  ClinicScene rival(Clinic other) {
    rivals.add(other);
    others.add(other);
    return this;
  }

  ClinicScene service(ClinicService service) {
    services.add(service);
    return this;
  }

  ClinicScene hostRival(ClinicService service) {
    hostRivals.add(service);
    return this;
  }

  ClinicScene termination(String service, TLSTermination termination) {
    terminations.put(service, termination);
    return this;
  }

  ClinicScene proxyPassword(String password) {
    proxyPassword =
        new Resolved<>(Optional.of(new SecretValue(password)), Optional.empty(), Optional.empty());
    return this;
  }

  ClinicScene withoutProxyPassword(Verdict problem) {
    proxyPassword = Resolved.failed(problem, Optional.empty());
    return this;
  }

  ClinicScene granted(Grant granted) {
    grant = granted;
    return this;
  }

  ClinicScene withoutUndoWindow() {
    undoWindow = Duration.ZERO;
    return this;
  }

  Mark mark() {
    return mark(clinic);
  }

  static Mark mark(Clinic of) {
    Owner owner = Owner.of(of);
    return Mark.of("i", owner, of.getMetadata().getUid(), owner.name());
  }

  ClinicScene user() {
    String name = ClinicNames.serviceUser("i", clinic);
    ngrok.put(Resource.SERVICE_USERS, new ServiceUser("usr_1", null, name, true));
    return this;
  }

  ClinicScene credential(String id, Mark mark, String... acl) {
    return credential(id, mark == null ? null : mark.text(), acl);
  }

  ClinicScene credential(String id, String metadata, String... acl) {
    List<String> rules =
        acl.length > 0 ? List.of(acl) : List.of("bind:*." + ClinicNames.internalDomain(clinic));
    ngrok.put(
        Resource.CREDENTIALS,
        new Credential(id, "2026-01-01T00:00:00Z", null, metadata, rules, "usr_1", null));
    return this;
  }

  ClinicScene session(String id, String credential, String metadata) {
    ngrok.put(
        Resource.TUNNEL_SESSIONS,
        new TunnelSession(
            id,
            "3.22",
            new Ref(credential, ""),
            "1.2.3.4",
            null,
            "us",
            "2026-01-0" + id,
            metadata));
    return this;
  }

  ClinicScene domain(String id, String name, Mark mark) {
    return domain(
        new ReservedDomain(
            id, null, name, null, mark == null ? null : mark.text(), null, null, null, null, null));
  }

  ClinicScene domain(ReservedDomain domain) {
    ngrok.put(Resource.RESERVED_DOMAINS, domain);
    return this;
  }

  ClinicScene endpoint(String id, String type, Mark mark) {
    ngrok.put(
        Resource.ENDPOINTS,
        new Endpoint(
            id,
            null,
            type,
            "https://" + id + ".com",
            null,
            false,
            null,
            mark.text(),
            null,
            null,
            null,
            null,
            null,
            null));
    return this;
  }

  /** A Secret of this Clinic, complete when it has a credential. */
  ClinicScene secret(String credential, String pendingNonce) {
    SecretBuilder builder =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(clinic.getMetadata().getNamespace())
            .withName(ClinicNames.siteKitSecret(clinic))
            .addToAnnotations(SiteKitSecret.CLINIC, ClinicNames.path(clinic))
            .withOwnerReferences(SiteKitSecrets.owner(clinic))
            .endMetadata();
    if (credential != null) {
      String token = "token of " + credential;
      builder
          .editMetadata()
          .addToAnnotations(SiteKitSecret.CREDENTIAL, credential)
          .endMetadata()
          .addToData(
              SiteKitSecret.TOKEN,
              Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
    }
    if (pendingNonce != null) {
      builder.editMetadata().addToAnnotations(SiteKitSecret.PENDING, pendingNonce).endMetadata();
    }
    secret = builder.build();
    return this;
  }

  /** Says in the Secret that the token of the credential with this nonce is lost. */
  ClinicScene lost(String nonce) {
    secret =
        new SecretBuilder(secret)
            .editMetadata()
            .addToAnnotations(SiteKitSecret.LOST, nonce)
            .endMetadata()
            .build();
    return this;
  }

  ClinicScene secret(Secret present) {
    secret = present;
    return this;
  }

  /** A complete Secret with this configuration file. */
  ClinicScene published(String credential, String config) {
    secret(credential, null);
    secret =
        new SecretBuilder(secret)
            .addToData(
                SiteKitSecret.CONFIG,
                Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)))
            .build();
    return this;
  }

  /** The Secret for the agent's API. */
  ClinicScene agentAPI(AgentAPIKeys keys) {
    agentAPI = AgentAPISecret.NONE.holding(clinic, keys.texts());
    return this;
  }

  ClinicScene agentAPI(Secret secret) {
    agentAPI = secret;
    return this;
  }

  /** Somebody else's Secret of the name. */
  ClinicScene foreignAgentAPISecret() {
    agentAPI =
        new SecretBuilder()
            .withNewMetadata()
            .withName(ClinicNames.agentAPISecret(clinic))
            .endMetadata()
            .build();
    return this;
  }

  ClinicScene at(Instant moment) {
    now = moment;
    return this;
  }

  /** As many other Clinics rotate as may in this minute. */
  ClinicScene othersRotate() {
    for (int i = 0; i < RotationQueue.PER_MINUTE; i++) {
      rotations.turn(new Owner("Clinic", "others", "clinic" + i), Instant.EPOCH, now);
    }
    return this;
  }

  ClinicScene foreignSecret() {
    secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(ClinicNames.siteKitSecret(clinic))
            .endMetadata()
            .build();
    return this;
  }

  /** The state after every resource was listed. */
  ClinicObservation observe() {
    ngrok.sweepInto(inventory);
    return observeUnswept();
  }

  /** Another account has this domain. */
  ClinicScene elsewhere(Elsewhere.Reserved there) {
    elsewhere =
        domain -> Optional.of(there).filter(reserved -> reserved.domain().domain().equals(domain));
    return this;
  }

  ClinicObservation observeUnswept() {
    SiteKitSecret kit = SiteKitSecret.of(Optional.ofNullable(secret), ClinicNames.path(clinic));
    return new ClinicObservation(
        clinic,
        ClinicStatus.of(clinic),
        new Settings("i", undoWindow),
        inventory,
        grant,
        new Holders(others),
        elsewhere,
        ClinicGrants.problem(clinic, grant, List.of(clinic), List.of()),
        rivals,
        services,
        hostRivals,
        terminations,
        proxyPassword,
        kit,
        AgentAPISecret.of(Optional.ofNullable(agentAPI), ClinicNames.path(clinic)),
        DNSPublication.NONE,
        AuthtokenRotation.of(clinic, kit, inventory, rotations, now),
        "fresh",
        Lane.CHANGE,
        now);
  }

  ClinicDecision decide() {
    return ClinicDecision.decide(observe());
  }

  List<String> steps() {
    return text(decide().remote());
  }

  static List<String> text(List<Step> steps) {
    return steps.stream().map(Object::toString).toList();
  }
}
