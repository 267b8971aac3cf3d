package dev.clinicnet.operator.fleetpage;

import dev.clinicnet.operator.api.v1alpha1.AgentStatus;
import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.api.v1alpha1.CertificateState;
import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicRef;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicServiceStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicSessionStatus;
import dev.clinicnet.operator.api.v1alpha1.ClinicSpec;
import dev.clinicnet.operator.api.v1alpha1.ClinicStatus;
import dev.clinicnet.operator.api.v1alpha1.Condition;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.api.v1alpha1.ServiceRef;
import dev.clinicnet.operator.api.v1alpha1.SessionPhase;
import dev.clinicnet.operator.api.v1alpha1.SiteKitStatus;
import dev.clinicnet.operator.api.v1alpha1.Upstream;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A fleet of clinics with everything that a night may bring. */
final class SampleFleet {
  private static final List<String> PLACES =
      List.of(
          "Lakeside",
          "Riverside",
          "Hillcrest",
          "Northgate",
          "Old Town",
          "Harbour",
          "Meadow",
          "Station Road",
          "St. Anna",
          "Market Square");
  private static final List<String> KINDS =
      List.of("Family Practice", "Dental Care", "Paediatrics", "Eye Clinic", "Physiotherapy");

  private final Instant now;
  private final List<Clinic> clinics = new ArrayList<>();
  private final List<ClinicService> services = new ArrayList<>();
  private final List<ClinicSession> sessions = new ArrayList<>();

  SampleFleet(Instant now) {
    this.now = now;
  }

  /** So many clinics with two services each, some of which are in trouble. */
  static Fleet of(int size, Instant now) {
    SampleFleet fleet = new SampleFleet(now);
    for (int i = 1; i <= size; i++) {
      fleet.add(i);
    }
    return fleet.fleet();
  }

  Fleet fleet() {
    return new Fleet(clinics, services, sessions);
  }

  private void add(int i) {
    String namespace = List.of("clinics-east", "clinics-west", "clinics-north").get(i % 3);
    String name = "clinic" + i;
    String title = PLACES.get(i % PLACES.size()) + " " + KINDS.get(i % KINDS.size());
    boolean offline = i % 97 == 5;
    boolean setup = i % 53 == 7;
    List<Condition> conditions = new ArrayList<>(fine());
    conditions.add(
        offline
            ? condition(
                ConditionType.AgentOnline,
                ConditionStatus.False,
                Reason.AgentOffline,
                "No agent is connected. Check the agent's host, its service, and its way out to port 443.",
                Duration.ofMinutes(7L + i))
            : setup
                ? condition(
                    ConditionType.AgentOnline,
                    ConditionStatus.False,
                    Reason.NeverConnected,
                    "No agent has connected yet. Install the site kit on the site's agent host.",
                    Duration.ofHours(i))
                : condition(
                    ConditionType.AgentOnline,
                    ConditionStatus.True,
                    Reason.AgentConnected,
                    "",
                    Duration.ofDays(9)));
    conditions.add(domains(i));
    conditions.add(
        i % 211 == 17
            ? condition(
                ConditionType.SiteKitCurrent,
                ConditionStatus.False,
                Reason.SiteKitOutdated,
                "The agent runs an old site kit. Install the present one on the site's agent host.",
                Duration.ofHours(30))
            : condition(
                ConditionType.SiteKitCurrent,
                setup || offline ? ConditionStatus.Unknown : ConditionStatus.True,
                setup || offline ? Reason.NoAgent : Reason.SiteKitInstalled,
                "",
                Duration.ofDays(9)));
    clinic(namespace, name, title, conditions, offline || setup);
    service(namespace, name, "rest-api", "http://192.168.1.100:8080", i % 401 == 11, offline);
    service(namespace, name, "dashboard", "http://192.168.1.102:3001", false, offline);
    if (i % 83 == 3) {
      session(namespace, name, i);
    }
  }

  /** The conditions of an object in order. */
  List<Condition> fine() {
    return List.of(
        condition(
            ConditionType.Accepted, ConditionStatus.True, Reason.Accepted, "", Duration.ofDays(9)),
        condition(
            ConditionType.ResolvedRefs,
            ConditionStatus.True,
            Reason.ResolvedRefs,
            "",
            Duration.ofDays(9)),
        condition(
            ConditionType.Programmed,
            ConditionStatus.True,
            Reason.Programmed,
            "",
            Duration.ofDays(8)),
        condition(
            ConditionType.Ready, ConditionStatus.True, Reason.Programmed, "", Duration.ofDays(8)));
  }

  private Condition domains(int i) {
    if (i % 131 == 23) {
      return condition(
          ConditionType.DomainsReady,
          ConditionStatus.False,
          Reason.WaitingForDNS,
          "Create these DNS records; the certificate follows by itself: CNAME dashboard.clinic%1$d.com → abc%1$d.cname.ngrok.io."
              .formatted(i),
          Duration.ofHours(5));
    }
    if (i % 61 == 29) {
      return condition(
          ConditionType.DomainsReady,
          ConditionStatus.False,
          Reason.CertificatePending,
          "The certificate for dashboard.clinic%d.com is being issued.".formatted(i),
          Duration.ofMinutes(12));
    }
    return condition(
        ConditionType.DomainsReady,
        ConditionStatus.True,
        Reason.DomainsReady,
        "",
        Duration.ofDays(8));
  }

  /** A Clinic. */
  void clinic(
      String namespace, String name, String title, List<Condition> conditions, boolean offline) {
    Clinic clinic = new Clinic();
    metadata(clinic, namespace, name);
    clinic.setSpec(new ClinicSpec(null, title, null, null, null, null, null, false));
    clinic.setStatus(
        new ClinicStatus(
            1L,
            conditions,
            List.of(
                new DomainStatus(
                    "dashboard." + name + ".com", "rd_1", null, null, CertificateState.Ready)),
            null,
            new AuthtokenStatus(
                "cr_1",
                at(Duration.ofDays(40)),
                List.of(),
                List.of(),
                at(Duration.ofDays(39)),
                null,
                null),
            new SiteKitStatus(name + "-site-kit", "f00d", "f00d"),
            offline
                ? List.of()
                : List.of(
                    new AgentStatus(
                        "ts_" + name, "3.19.1", "198.51.100.7", "us", at(Duration.ofDays(3)))),
            null,
            List.of(
                new DNSRecord("CNAME", "dashboard." + name + ".com", "3xk.cname.ngrok.io"),
                new DNSRecord(
                    "CNAME", "_acme-challenge.dashboard." + name + ".com", "3xk.acme.ngrok.io")),
            null,
            null,
            null,
            null,
            name + ".internal",
            null));
    clinics.add(clinic);
  }

  private void service(
      String namespace,
      String clinic,
      String name,
      String upstream,
      boolean refused,
      boolean offline) {
    List<Condition> conditions = new ArrayList<>(fine());
    if (refused) {
      conditions.set(
          2,
          condition(
              ConditionType.Programmed,
              ConditionStatus.False,
              Reason.PolicyRejected,
              "ngrok refuses the traffic policy: actions[0].config: unknown field \"url\". Correct spec.trafficPolicy. The old policy stays in force.",
              Duration.ofMinutes(3)));
      conditions.set(
          3,
          condition(
              ConditionType.Ready,
              ConditionStatus.False,
              Reason.PolicyRejected,
              "",
              Duration.ofMinutes(3)));
    }
    conditions.add(
        offline
            ? condition(
                ConditionType.AgentOnline,
                ConditionStatus.False,
                Reason.EndpointNotBound,
                "No agent binds https://%s.%s.internal now.".formatted(name, clinic),
                Duration.ofMinutes(9))
            : condition(
                ConditionType.AgentOnline,
                ConditionStatus.True,
                Reason.EndpointBound,
                "",
                Duration.ofDays(3)));
    services.add(service(namespace, clinic, clinic + "-" + name, upstream, conditions));
  }

  /** A ClinicService. */
  ClinicService service(
      String namespace, String clinic, String name, String upstream, List<Condition> conditions) {
    ClinicService service = new ClinicService();
    metadata(service, namespace, name);
    service.setSpec(
        new ClinicServiceSpec(
            new ClinicRef(clinic),
            new Upstream(upstream, null),
            null,
            null,
            null,
            null,
            null,
            null));
    service.setStatus(
        new ClinicServiceStatus(
            1L,
            conditions,
            "https://" + name + "." + clinic + ".internal",
            null,
            "https://" + name + ".api.clinicnet.com",
            null,
            null,
            null,
            null,
            null));
    return service;
  }

  /** Adds a service. */
  void add(ClinicService service) {
    services.add(service);
  }

  /** Adds a session. */
  void add(ClinicSession session) {
    sessions.add(session);
  }

  private void session(String namespace, String clinic, int i) {
    boolean over = i % 2 == 0;
    add(
        session(
            namespace,
            clinic + "-dashboard",
            "visit-" + i,
            "ticket " + (4000 + i),
            SessionPhase.Open,
            now.plus(over ? Duration.ofMinutes(-12) : Duration.ofMinutes(20L + i % 40))));
    add(
        session(
            namespace,
            clinic + "-dashboard",
            "earlier-" + i,
            "update",
            SessionPhase.Closed,
            now.minus(Duration.ofDays(2))));
  }

  /** A session. */
  ClinicSession session(
      String namespace, String service, String name, String why, SessionPhase phase, Instant end) {
    ClinicSession session = new ClinicSession();
    metadata(session, namespace, name);
    session.setSpec(new ClinicSessionSpec(new ServiceRef(service), "1h", why));
    session.setStatus(
        new ClinicSessionStatus(
            1L,
            fine(),
            phase,
            "amara@example.com",
            phase == SessionPhase.Open ? "https://dashboard.clinic1.com" : null,
            end.minus(Duration.ofHours(1)).toString(),
            end.toString(),
            phase == SessionPhase.Open ? null : end.toString()));
    return session;
  }

  /** A condition that has been like that for a while. */
  Condition condition(
      ConditionType type, ConditionStatus status, Reason reason, String message, Duration age) {
    return new Condition(type.name(), status, 1L, at(age), reason.name(), message);
  }

  private String at(Duration ago) {
    return now.minus(ago).toString();
  }

  private void metadata(HasMetadata object, String namespace, String name) {
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withCreationTimestamp(at(Duration.ofDays(40)))
            .build());
  }
}
