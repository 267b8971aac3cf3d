package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.api.v1alpha1.Clinic;
import dev.clinicnet.operator.api.v1alpha1.ClinicService;
import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.api.v1alpha1.ConditionStatus;
import dev.clinicnet.operator.claim.ClinicNames;
import dev.clinicnet.operator.clinic.ClinicPreview;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.condition.Warnings;
import dev.clinicnet.operator.config.Settings;
import dev.clinicnet.operator.inventory.Inventory;
import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.Problem;
import dev.clinicnet.operator.manifest.Severity;
import dev.clinicnet.operator.ngrok.RemoteObject;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.reference.Reference;
import dev.clinicnet.operator.reference.References;
import dev.clinicnet.operator.service.ServicePreview;
import dev.clinicnet.operator.session.SessionReconciler;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what the operator would refuse. It lets the operator decide on a cluster that holds the
 * files and an account that holds nothing.
 */
final class Acceptance {
  private static final Settings SETTINGS = new Settings("lint", Duration.ZERO);

  /** The reasons that another object or the account causes. */
  private static final Set<Reason> ELSEWHERE =
      Set.of(Reason.ClinicNotAccepted, Reason.AddressNotFound);

  private final Map<String, Document> clinicDocuments = new HashMap<>();
  private final Map<String, Clinic> clinics = new HashMap<>();
  private final Map<String, Document> serviceDocuments = new HashMap<>();
  private final List<ClinicService> services = new ArrayList<>();
  private final List<Document> sessions = new ArrayList<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final Set<String> listedClinics;
  private final Set<String> listedServices;
  private final ReferencedFiles referenced;
  private final FileGrants grants;

  /** The clock decides which certificates are valid. */
  private final Instant now;

  private final Inventory inventory = emptyAccount();
  private final List<Problem> problems = new ArrayList<>();

  private Acceptance(List<Document> documents, List<Document> sound, Instant now) {
    this.now = now;
    this.referenced = new ReferencedFiles(documents);
    this.grants = FileGrants.of(granting(documents, sound));
    this.listedClinics = paths(documents, "Clinic");
    this.listedServices = paths(documents, "ClinicService");
    for (Document document : sound) {
      if (document.kind().equals("ClinicSession")) {
        sessions.add(document);
      } else if (document.kind().equals("Clinic") && !document.name().isEmpty()) {
        clinicDocuments.put(path(document), document);
        clinics.put(path(document), TypedManifests.typed(document, Clinic.class));
      } else if (document.kind().equals("ClinicService") && !document.name().isEmpty()) {
        serviceDocuments.put(path(document), document);
        services.add(TypedManifests.typed(document, ClinicService.class));
      }
    }
    documents.stream()
        .filter(document -> document.apiVersion().equals("v1") && document.kind().equals("Secret"))
        .forEach(document -> secrets.add(secret(document)));
  }

  /** The sound documents, and those of other kinds. */
  private static List<Document> granting(List<Document> documents, List<Document> sound) {
    return Stream.concat(
            sound.stream(),
            documents.stream().filter(document -> document.kind().equals("Namespace")))
        .toList();
  }

  static List<Problem> problems(List<Document> documents, List<Document> sound) {
    Acceptance acceptance = new Acceptance(documents, sound, Instant.now());
    acceptance.judge();
    return acceptance.problems;
  }

  private void judge() {
    problems.addAll(referenced.problems());
    FileCluster asCreated =
        new FileCluster(clinics, clinics.values(), services, secrets, referenced, grants);
    Map<String, Clinic> accepted = new HashMap<>();
    List<Clinic> judged = new ArrayList<>();
    clinics.forEach(
        (path, clinic) -> {
          Assessment assessment = ClinicPreview.of(clinic, asCreated, SETTINGS, inventory, now);
          report(clinicDocuments.get(path), assessment, ConditionType.Accepted, Severity.ERROR);
          reportReferences(clinicDocuments.get(path), assessment, References.of(clinic));
          judged.add(withStatus(clinic, assessment));
          // A service is judged as if its Clinic were accepted, so that its own problems are shown.
          accepted.put(path, withStatus(clinic, wellAssessed()));
        });
    FileCluster asJudged = new FileCluster(accepted, judged, services, secrets, referenced, grants);
    for (ClinicService service : services) {
      String clinic =
          service.getMetadata().getNamespace() + "/" + service.getSpec().clinicRef().name();
      boolean clinicIsBroken = listedClinics.contains(clinic) && !accepted.containsKey(clinic);
      if (!clinicIsBroken) {
        report(
            service,
            serviceDocuments.get(ClinicNames.path(service)),
            ServicePreview.of(service, asJudged, SETTINGS, inventory, now));
      }
      if (!accepted.containsKey(clinic)) {
        report(
            service,
            serviceDocuments.get(ClinicNames.path(service)),
            ServicePreview.ofPolicy(service, asJudged, SETTINGS, inventory, now));
      }
    }
    judgeSessions();
  }

  /**
   * A service that is not in the files may be in the cluster. Nothing is known about a broken one.
   */
  private void judgeSessions() {
    Map<String, ClinicService> known = new HashMap<>();
    services.forEach(service -> known.put(ClinicNames.path(service), service));
    for (Document document : sessions) {
      ClinicSession session = TypedManifests.typed(document, ClinicSession.class);
      String service = document.namespace() + "/" + session.getSpec().serviceRef().name();
      if (known.containsKey(service) || !listedServices.contains(service)) {
        Assessment assessment =
            SessionReconciler.preview(session, Optional.ofNullable(known.get(service)), now);
        report(document, assessment, ConditionType.Accepted, Severity.ERROR);
        report(document, assessment, ConditionType.ResolvedRefs, Severity.WARNING);
      }
    }
  }

  private void report(ClinicService service, Document document, Assessment assessment) {
    refusal(assessment, ConditionType.Accepted)
        .map(refusal -> RefusedRules.of(service, refusal))
        .ifPresent(
            refused -> {
              refused.errors().forEach(e -> problems.add(problem(document, Severity.ERROR, e)));
              refused.warnings().forEach(w -> problems.add(problem(document, Severity.WARNING, w)));
            });
    reportReferences(document, assessment, References.of(service));
    assessment
        .get(ConditionType.Accepted)
        .filter(Verdict::isTrue)
        .map(verdict -> Warnings.in(verdict.message()))
        .orElse(List.of())
        .forEach(warning -> problems.add(problem(document, Severity.WARNING, warning)));
  }

  private void reportReferences(
      Document document, Assessment assessment, List<Reference> references) {
    if (references.stream().noneMatch(referenced::isUnreadable)) {
      report(
          document, assessment, ConditionType.ResolvedRefs, ofReferences(references, assessment));
    }
  }

  /**
   * An object that is missing in the files may be in the cluster. An object that is there and
   * cannot be used is an error.
   */
  private Severity ofReferences(List<Reference> references, Assessment assessment) {
    Optional<Reason> reason = assessment.get(ConditionType.ResolvedRefs).map(Verdict::reason);
    boolean unlabelled =
        reason.equals(Optional.of(Reason.ReferenceNotFound))
            && references.stream().anyMatch(referenced::isUnlabelled);
    return unlabelled || reason.equals(Optional.of(Reason.InvalidReference))
        ? Severity.ERROR
        : Severity.WARNING;
  }

  private void report(
      Document document, Assessment assessment, ConditionType type, Severity severity) {
    refusal(assessment, type)
        .map(message -> problem(document, severity, message))
        .ifPresent(problems::add);
  }

  private static Optional<String> refusal(Assessment assessment, ConditionType type) {
    return assessment
        .get(type)
        .filter(verdict -> verdict.status() == ConditionStatus.False)
        .filter(verdict -> !ELSEWHERE.contains(verdict.reason()))
        .map(Verdict::message);
  }

  private static Problem problem(Document document, Severity severity, String message) {
    BlamedField blamed = BlamedField.of(document, message);
    return document.problem(severity, blamed.position(), blamed.path(), message);
  }

  private static Assessment wellAssessed() {
    return new Assessment()
        .put(ConditionType.Accepted, Verdict.yes(Reason.Accepted, "Taken for granted."));
  }

  private Clinic withStatus(Clinic clinic, Assessment assessment) {
    Clinic judged = new Clinic();
    judged.setMetadata(clinic.getMetadata());
    judged.setSpec(clinic.getSpec());
    judged.setStatus(TypedManifests.status(assessment.conditions(List.of(), 1, now)));
    return judged;
  }

  private static Secret secret(Document document) {
    return new SecretBuilder().withMetadata(TypedManifests.metadata(document)).build();
  }

  private static Inventory emptyAccount() {
    Inventory inventory = new Inventory();
    Resource.ALL.forEach(resource -> sweep(inventory, resource));
    return inventory;
  }

  private static <T extends RemoteObject> void sweep(
      Inventory inventory, Resource<T, ?, ?> resource) {
    inventory.completeSweep(resource, inventory.beginSweep(resource), List.of());
  }

  private static Set<String> paths(List<Document> documents, String kind) {
    return documents.stream()
        .filter(document -> document.kind().equals(kind))
        .map(Acceptance::path)
        .collect(Collectors.toSet());
  }

  private static String path(Document document) {
    return document.namespace() + "/" + document.name();
  }
}
