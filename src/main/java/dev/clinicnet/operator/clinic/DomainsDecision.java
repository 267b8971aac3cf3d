package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.CertificateState;
import dev.clinicnet.operator.api.v1alpha1.ClinicDomain;
import dev.clinicnet.operator.api.v1alpha1.DNSRecord;
import dev.clinicnet.operator.api.v1alpha1.DomainStatus;
import dev.clinicnet.operator.claim.DomainNames;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.ReservedDomain;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is to be reserved, taken over or retired for a Clinic. */
final class DomainsDecision {
  /** Which of several domains is spoken of: what somebody must act on comes first. */
  private static final List<CertificateState> URGENCY =
      List.of(
          CertificateState.WaitingForDNS,
          CertificateState.Failed,
          CertificateState.Pending,
          CertificateState.Ready);

  private final ClinicObservation o;
  private final Assessment assessment;
  private final List<Step> steps = new ArrayList<>();

  DomainsDecision(ClinicObservation observation, Assessment assessment) {
    this.o = observation;
    this.assessment = assessment;
  }

  List<Step> decide() {
    for (ClinicDomain domain : o.clinic().getSpec().domains()) {
      Finding<ReservedDomain> finding =
          o.inventory().find(Resource.RESERVED_DOMAINS, Keys.name(domain.name()));
      if (finding.isPresent()) {
        present(domain, finding.get());
      } else if (finding.isAbsent()) {
        steps.add(create(domain));
      } else {
        assessment.put(
            ConditionType.Programmed,
            Verdict.unknown(Reason.Pending, "The domains at ngrok are being listed anew."));
      }
    }
    retireUnlisted();
    return steps;
  }

  private Step create(ClinicDomain domain) {
    boolean hadIt =
        o.status().domains().stream()
            .anyMatch(status -> status.name().equals(domain.name()) && status.id() != null);
    return new Step.Create<>(
        Resource.RESERVED_DOMAINS,
        new ReservedDomain.Create(domain.name(), description(domain), mark(domain).text()),
        domain.name(),
        false,
        o.lane(),
        hadIt ? Cause.DRIFT : Cause.MANIFEST);
  }

  private void present(ClinicDomain domain, ReservedDomain reserved) {
    Optional<Mark> mark = Mark.parse(reserved.metadata());
    boolean ours =
        mark.filter(m -> m.isOf(o.settings().instance(), o.owner())).isPresent()
            || (!domain.shared() && o.exclusiveDomains().contains(reserved));
    if (domain.shared()) {
      boolean retiredByUs =
          mark.filter(m -> m.instance().equals(o.settings().instance()) && !m.isActive())
              .isPresent();
      if (ours || retiredByUs) {
        steps.add(remark(reserved, mark(domain)));
      } else if (mark.flatMap(Mark::owner).isPresent()) {
        assessment.put(ConditionType.Accepted, notOwned(domain, reserved, mark));
      }
    } else if (ours) {
      if (mark.filter(Mark::isActive).isEmpty()) {
        steps.add(remark(reserved, mark(domain)));
      }
    } else if (Annotations.adopts(o.clinic(), reserved.id())) {
      steps.add(remark(reserved, mark(domain)));
    } else {
      assessment.put(ConditionType.Accepted, notOwned(domain, reserved, mark));
    }
  }

  private static Verdict notOwned(
      ClinicDomain domain, ReservedDomain reserved, Optional<Mark> mark) {
    String holder =
        mark.map(
                m ->
                    m.owner().map(Object::toString).orElse("several Clinics as a shared domain")
                        + " of instance "
                        + m.instance())
            .orElse("somebody else");
    return Verdict.no(
        Reason.DomainNotOwned,
        "spec.domains "
            + domain.name()
            + " is reserved in this account by "
            + holder
            + ". To hand it to this Clinic, annotate it with "
            + Annotations.ADOPT
            + "="
            + reserved.id()
            + "; or list it as shared.");
  }

  private Step remark(ReservedDomain reserved, Mark mark) {
    return new Step.Update<>(
        Resource.RESERVED_DOMAINS,
        reserved.id(),
        new ReservedDomain.Update(null, mark.text()),
        reserved.domain(),
        o.lane(),
        Cause.MANIFEST);
  }

  /** What the Clinic no longer lists: it may be wanted back, so that it is kept for a while. */
  private void retireUnlisted() {
    for (ReservedDomain reserved : o.exclusiveDomains()) {
      boolean listed =
          o.clinic().getSpec().domains().stream()
              .anyMatch(domain -> domain.name().equals(reserved.domain()));
      if (!listed) {
        Mark mark = Mark.parse(reserved.metadata()).orElse(o.mark());
        ClinicDeletion.release(o, reserved, mark).ifPresent(steps::add);
      }
    }
  }

  private Mark mark(ClinicDomain domain) {
    return domain.shared() ? Mark.shared(o.settings().instance()) : o.mark();
  }

  private String description(ClinicDomain domain) {
    return domain.shared() ? "Shared by several clinics" : "Clinic " + o.owner().name();
  }

  /**
   * The domains as they are, for the status; not one that somebody else has: its id would pass for
   * ours.
   */
  static List<DomainStatus> statuses(ClinicObservation o) {
    List<DomainStatus> statuses = new ArrayList<>();
    for (ClinicDomain domain : o.clinic().getSpec().domains()) {
      o.inventory()
          .find(Resource.RESERVED_DOMAINS, Keys.name(domain.name()))
          .optional()
          .filter(reserved -> domain.shared() || o.exclusiveDomains().contains(reserved))
          .map(
              reserved ->
                  new DomainStatus(
                      domain.name(),
                      reserved.id(),
                      reserved.cnameTarget(),
                      reserved.acmeChallengeCnameTarget(),
                      certificate(reserved)))
          .or(() -> before(o, domain.name()))
          .ifPresent(statuses::add);
    }
    return statuses;
  }

  /** What was known of a domain that is not there now, so that its loss is seen as drift. */
  private static Optional<DomainStatus> before(ClinicObservation o, String name) {
    return o.status().domains().stream().filter(status -> status.name().equals(name)).findFirst();
  }

  private static CertificateState certificate(ReservedDomain reserved) {
    // A domain under one of ngrok's own names has no policy, and is served with their certificate.
    if (reserved.certificate() != null || reserved.certificateManagementPolicy() == null) {
      return CertificateState.Ready;
    }
    var status = reserved.certificateManagementStatus();
    var job = status == null ? null : status.provisioningJob();
    if (job == null || job.errorCode() == null) {
      return CertificateState.Pending;
    }
    return "DNS_ERROR".equals(job.errorCode())
        ? CertificateState.WaitingForDNS
        : CertificateState.Failed;
  }

  /** The records that the team must create, for the status. */
  static List<DNSRecord> dnsRecords(List<DomainStatus> domains) {
    List<DNSRecord> records = new ArrayList<>();
    for (DomainStatus domain : domains) {
      if (domain.cnameTarget() != null) {
        records.add(new DNSRecord("CNAME", domain.name(), domain.cnameTarget()));
      }
      if (domain.acmeChallengeCNAMETarget() != null) {
        records.add(
            new DNSRecord(
                "CNAME",
                "_acme-challenge." + DomainNames.base(domain.name()),
                domain.acmeChallengeCNAMETarget()));
      }
    }
    return records;
  }

  /** Whether the domains have their certificates. */
  static Verdict ready(ClinicObservation o, List<DomainStatus> domains, List<DNSRecord> records) {
    if (o.clinic().getSpec().domains().isEmpty()) {
      return Verdict.yes(Reason.NoDomains, "The Clinic lists no domains.");
    }
    if (domains.size() < o.clinic().getSpec().domains().size()) {
      return Verdict.no(Reason.DomainsPending, "Not every domain is reserved yet.");
    }
    for (DomainStatus domain : domains) {
      if (domain.certificate() == null) {
        return Verdict.no(Reason.DomainsPending, domain.name() + " is not reserved yet.");
      }
    }
    DomainStatus domain =
        Collections.min(domains, Comparator.comparing(d -> URGENCY.indexOf(d.certificate())));
    return switch (domain.certificate()) {
      case WaitingForDNS ->
          Verdict.no(
              Reason.WaitingForDNS,
              "Create these DNS records; the certificate follows by itself: " + text(records));
      case Failed ->
          Verdict.no(
              Reason.CertificateFailed,
              "ngrok could not have a certificate issued for "
                  + domain.name()
                  + " and will try again by itself. Check that no CAA record forbids it.");
      case Pending ->
          Verdict.no(
              Reason.CertificatePending,
              "The certificate for "
                  + domain.name()
                  + " is being issued. It needs these DNS records: "
                  + text(records));
      case Ready -> Verdict.yes(Reason.DomainsReady, "Every domain has its certificate.");
    };
  }

  private static String text(List<DNSRecord> records) {
    return String.join("; ", records.stream().map(r -> r.name() + " CNAME " + r.value()).toList());
  }
}
