package dev.clinicnet.operator.clinic;

import dev.clinicnet.operator.api.v1alpha1.AuthtokenStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Credential;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.ngrok.ServiceUser;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Known;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.plan.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The service user and its credential; {@link RetiringCredentials} has the earlier ones. A token is
 * shown once, so a credential is useless for the operator if its token is not in the Secret. But
 * the token may be installed at a site, and a lost Secret must not cut off a live clinic.
 */
final class CredentialDecision {
  private final ClinicObservation o;
  private final List<Step> steps = new ArrayList<>();
  private final Assessment assessment;
  private final List<Credential> own;
  private final boolean accepted;
  private final List<String> wanted;
  private final Optional<Credential> published;
  private final RetiringCredentials retiring;
  private Instant requeueAt;
  private LostToken lostToken = LostToken.NONE;

  /**
   * A decision.
   *
   * @param assessment receives its verdicts; if it does not accept the manifest, only what was
   *     programmed is wanted
   */
  CredentialDecision(ClinicObservation observation, Assessment assessment) {
    this.o = observation;
    this.assessment = assessment;
    this.accepted =
        !assessment.fails(ConditionType.Accepted) || AgentPermissions.programmed(o).isEmpty();
    this.wanted = this.accepted ? AgentPermissions.of(o) : AgentPermissions.kept(o);
    this.own = o.credentials();
    Optional<String> id = o.secret().credentialID();
    this.published = own.stream().filter(c -> id.filter(c.id()::equals).isPresent()).findFirst();
    this.retiring = new RetiringCredentials(o, own, published, assessment);
  }

  /** Decides. Call this once, before the other methods. */
  CredentialDecision decide() {
    Finding<ServiceUser> user = ServiceUserDecision.user(o);
    if (accepted) {
      steps.addAll(AdoptedCredentials.mark(o));
    }
    boolean issues = !o.keepsAuthtoken();
    if (issues) {
      steps.addAll(ServiceUserDecision.steps(o));
    }
    if (issues && (published.isPresent() || user.isPresent())) {
      publish(user);
    }
    steps.addAll(AgentPermissions.narrow(o));
    if (issues) {
      retiring.decide(own.stream().filter(c -> !isPublished(c) && !isWithoutToken(c)).toList());
      steps.addAll(retiring.steps());
      retiring.requeueAt().ifPresent(this::requeueAt);
      o.rotation().requeueAt(o.now()).ifPresent(this::requeueAt);
    }
    if (isUnknown()) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.unknown(Reason.Pending, "The credentials at ngrok are being listed anew."));
    }
    return this;
  }

  /** Whether a missing object may exist. */
  private boolean isUnknown() {
    return published.isEmpty()
        && (ServiceUserDecision.user(o).isUnknown()
            || !o.inventory().isKnown(Resource.CREDENTIALS));
  }

  List<Step> steps() {
    return steps;
  }

  /** The credential whose token is in the Secret; empty before. */
  Optional<Credential> published() {
    return published;
  }

  /** What is known of a credential whose token never came into the Secret. */
  LostToken lostToken() {
    return lostToken;
  }

  /** The time at which a retiring credential may be due. */
  Optional<Instant> requeueAt() {
    return Optional.ofNullable(requeueAt);
  }

  /**
   * The status of the credential: null before there is one, and the earlier status while it is
   * missing.
   */
  AuthtokenStatus status() {
    if (published.isEmpty() && retiring.all().isEmpty()) {
      return o.status().authtoken();
    }
    return new AuthtokenStatus(
        published.map(Credential::id).orElse(null),
        published.map(Credential::createdAt).orElse(null),
        published.filter(this::permitsWhatItShould).isPresent()
            ? wanted
            : AgentPermissions.programmed(o),
        retiring.all(),
        published.map(credential -> retiring.firstUsedAt(credential.id())).orElse(null),
        o.rotation().rotatesAt().map(Instant::toString).orElse(null),
        o.secret().rotated().orElse(null));
  }

  private boolean permitsWhatItShould(Credential credential) {
    return new HashSet<>(credential.acl()).equals(new HashSet<>(wanted));
  }

  private void publish(Finding<ServiceUser> user) {
    List<Credential> withoutToken = own.stream().filter(this::isWithoutToken).toList();
    if (!withoutToken.isEmpty()) {
      boolean found = withoutToken.stream().anyMatch(c -> carries(c, o.secret().pendingNonce()));
      lostToken = found ? LostToken.FOUND : LostToken.SAID;
      if (!found) {
        withoutToken.forEach(c -> steps.add(new Step.Delete(Resource.CREDENTIALS, c.id(), c.id())));
      }
      return;
    }
    boolean known = o.inventory().isKnown(Resource.CREDENTIALS);
    Diff diff =
        Diff.of(
            new Wanted<>(
                Resource.CREDENTIALS,
                published.map(Credential::id).orElse("of " + o.owner()),
                o.mark(),
                false,
                o.lane(),
                knownID()
                    .map(id -> Known.marked(Resource.CREDENTIALS, id, id, o.inventory(), o.mark())),
                () -> creation(user.get()),
                this::correction,
                this::change),
            Finding.of(published, known));
    steps.addAll(diff.steps());
    if (published.isPresent() && user.isPresent() && known && o.rotation().begins(o.now())) {
      steps.add(
          new Step.Create<>(
              Resource.CREDENTIALS, creation(user.get()), "of " + o.owner(), o.lane(), List.of()));
    }
  }

  private Credential.Create creation(ServiceUser user) {
    String nonce =
        proven(o.secret().pendingNonce())
            .filter(pending -> own.stream().noneMatch(c -> carries(c, Optional.of(pending))))
            .orElse(o.freshNonce());
    return new Credential.Create(
        description(), o.mark().withNonce(nonce).text(), wanted, user.id());
  }

  /**
   * Whether a credential was created whose token never came into the Secret, so that certainly no
   * site has it. One that an agent uses or has used is another case: then the Secret is older than
   * its token, as after a restored backup.
   */
  private boolean isWithoutToken(Credential credential) {
    return (carries(credential, proven(o.secret().pendingNonce()))
            || carries(credential, proven(o.secret().lostNonce())))
        && !isPublished(credential)
        && !o.knownCredentialIDs().contains(credential.id())
        && retiring.sessions(credential.id()).isEmpty();
  }

  /**
   * A nonce of the Secret, if it was written for this Clinic. A Secret of an earlier Clinic of the
   * same name comes from a backup, and its credential may have been installed since.
   */
  private Optional<String> proven(Optional<String> nonce) {
    return nonce.filter(text -> SiteKitSecrets.isOwned(o.clinic(), o.secret().present()));
  }

  /** Whether a credential is being issued, so that its nonce must stay in the Secret. */
  static boolean isIssuing(ClinicObservation o) {
    return o.rotation().isDue()
        || o.credentials().stream()
            .anyMatch(
                c -> carries(c, o.secret().pendingNonce()) || carries(c, o.secret().lostNonce()));
  }

  private boolean isPublished(Credential credential) {
    return published.filter(p -> p.id().equals(credential.id())).isPresent();
  }

  /** A lost Secret is not drift, and neither is a deletion by a quarantine. */
  private Optional<String> knownID() {
    Optional<AuthtokenStatus> last = Optional.ofNullable(o.status().authtoken());
    return published.isPresent()
        ? last.map(AuthtokenStatus::credentialID)
        : o.secret()
            .credentialID()
            .filter(o.knownCredentialIDs()::contains)
            .filter(id -> last.isPresent() && o.status().quarantinedSince() == null)
            // A status that is older than the account says nothing about who deleted what.
            .filter(id -> AuthtokenLoss.inherited(o).isEmpty());
  }

  private String description() {
    return "Agent of Clinic " + o.owner().name();
  }

  private Credential.Update correction(Credential credential, Comparison comparison) {
    boolean edited = hasOtherACL(credential) && isProgrammed();
    if (edited) {
      comparison.add(Field.ACL, wanted.toString(), credential.acl().toString());
    }
    return new Credential.Update(
        comparison.description(description(), credential.description()),
        comparison.mark(credential),
        edited ? wanted : null);
  }

  private Optional<Credential.Update> change(Credential credential, Credential.Update correction) {
    return correction.acl() == null && hasOtherACL(credential)
        ? Optional.of(new Credential.Update(null, null, wanted))
        : Optional.empty();
  }

  /** Whether its permissions differ by more than the names that are removed anyway. */
  private boolean hasOtherACL(Credential credential) {
    return AgentPermissions.narrowing(o, credential).isEmpty() && !permitsWhatItShould(credential);
  }

  /**
   * Whether the wanted permissions were programmed before, so that another ACL is a change at
   * ngrok.
   */
  private boolean isProgrammed() {
    return !accepted || AgentPermissions.programmed(o).equals(wanted);
  }

  private void requeueAt(Instant when) {
    requeueAt = requeueAt == null || when.isBefore(requeueAt) ? when : requeueAt;
  }

  private static boolean carries(Credential credential, Optional<String> nonce) {
    return nonce.isPresent() && nonce.equals(Mark.parse(credential.metadata()).map(Mark::nonce));
  }
}
