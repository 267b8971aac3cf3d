package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Drift;
import dev.clinicnet.operator.plan.MadeFields;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.policy.PolicyText;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public cloud endpoint of an object: made, corrected, or taken down.
 *
 * @param last what the status remembers of it; null while it knows none
 * @param lastURL where it was served last; null before
 * @param shrinking whether what is to be changed takes access away: nothing holds that back
 * @param description what people read at ngrok
 */
public record PublicEndpoint(
    EndpointOwner owner,
    EndpointStatus last,
    String lastURL,
    boolean shrinking,
    String description) {
  private static final List<String> PUBLIC = List.of("public");

  /** The cloud endpoints of the object, more than one only after a mishap. */
  public List<Endpoint> present() {
    return owner.endpoints(last == null ? null : last.id());
  }

  /** Whatever is there is to be taken down. */
  public List<Step> close(Cause cause) {
    List<Step> steps = new ArrayList<>();
    present().forEach(endpoint -> letGo(endpoint, cause).ifPresent(steps::add));
    return steps;
  }

  /**
   * What can be taken down though nobody knows what is there: the endpoint that the status names.
   * Whatever else there may be is closed when it is known.
   */
  public List<Step> closeUnseen() {
    if (last == null || owner.inventory().isGone(Resource.ENDPOINTS, last.id())) {
      return List.of();
    }
    Optional<Endpoint> known = owner.inventory().byID(Resource.ENDPOINTS, last.id()).optional();
    String name = lastURL == null ? description : lastURL;
    return known
        .map(endpoint -> letGo(endpoint, Cause.CLOSING))
        .orElse(Optional.of(new Step.Delete(Resource.ENDPOINTS, last.id(), name, Cause.CLOSING)))
        .stream()
        .toList();
  }

  /**
   * Ends what an endpoint serves: it is deleted. One that was there before us stays at ngrok, lets
   * nobody in, and says that it was let go of; empty when that was done.
   */
  private Optional<Step> letGo(Endpoint endpoint, Cause cause) {
    Optional<Mark> mark = owner.ownMark(endpoint);
    boolean stays =
        owner.possession().wasAdopted(mark, endpoint.id())
            && !owner
                .possession()
                .grant()
                .releasesAdopted(ContestedURL.grantedName(endpoint.url()));
    if (!stays) {
      return Optional.of(new Step.Delete(Resource.ENDPOINTS, endpoint.id(), endpoint.url(), cause));
    }
    TrafficPolicy deny = DenyAll.at(endpoint.url());
    boolean denies = PolicyText.sameMeaning(endpoint.trafficPolicy(), deny.toJson());
    return denies && mark.filter(Mark::isRetained).isPresent()
        ? Optional.empty()
        : Optional.of(release(endpoint, mark.orElse(owner.mark()), cause));
  }

  /**
   * Has an endpoint that was there before us stay, let nobody in, and say that it was let go of.
   */
  public static Step release(Endpoint endpoint, Mark mark, Cause cause) {
    return new Step.Update<>(
        Resource.ENDPOINTS,
        endpoint.id(),
        new Endpoint.Update(
            null,
            null,
            null,
            null,
            mark.adopting().retained().text(),
            DenyAll.at(endpoint.url()).toJson()),
        endpoint.url(),
        Lane.CLOSING,
        cause);
  }

  /**
   * An endpoint at this URL with this policy is to be there, and no other. Verdicts on what is in
   * the way go into the assessment.
   */
  public List<Step> open(String url, TrafficPolicy policy, Assessment assessment) {
    List<Step> steps = new ArrayList<>();
    List<Endpoint> all = present();
    Optional<Endpoint> own =
        all.stream()
            .filter(endpoint -> endpoint.url().equals(url))
            .findFirst()
            .or(() -> all.stream().filter(e -> sameScheme(e.url(), url)).findFirst());
    steps.addAll(
        own.map(endpoint -> correct(endpoint, url, policy, assessment))
            .orElseGet(() -> create(url, policy, assessment).stream().toList()));
    all.stream()
        .filter(endpoint -> own.filter(endpoint::equals).isEmpty())
        .forEach(endpoint -> letGo(endpoint, Cause.MANIFEST).ifPresent(steps::add));
    return steps;
  }

  /**
   * What the status is to remember of it; what it said before while it is not there.
   *
   * @param generation the generation of the manifest that asks for the policy
   */
  public EndpointStatus status(String url, TrafficPolicy policy, Long generation) {
    return present().stream()
        .filter(endpoint -> endpoint.url().equals(url))
        .filter(present -> PolicyEcho.holds(last, present, policy))
        .findFirst()
        .map(
            present ->
                new EndpointStatus(present.id(), policy.hash(), echoHash(present), generation))
        .orElseGet(() -> last == null || owner.gaveAway(last.id()) ? null : last);
  }

  /** A hash of the text that the platform shows as an endpoint's policy. */
  public static String echoHash(Endpoint endpoint) {
    return ContentHash.of(endpoint.trafficPolicy() == null ? "" : endpoint.trafficPolicy());
  }

  /** What a step sent as an endpoint's policy; null when it sent none. */
  public static String policySent(Step step) {
    if (step instanceof Step.Create<?, ?> create && create.body() instanceof Endpoint.Create body) {
      return body.trafficPolicy();
    }
    if (step instanceof Step.Update<?, ?> update
        && update.changes() instanceof Endpoint.Update changes) {
      return changes.trafficPolicy();
    }
    return null;
  }

  private Optional<Step> create(String url, TrafficPolicy policy, Assessment assessment) {
    Optional<ContestedURL> contested = ContestedURL.at(owner, url);
    if (contested.isPresent()) {
      return take(contested.get(), policy, assessment);
    }
    if (!owner.inventory().isKnown(Resource.ENDPOINTS)) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.unknown(Reason.Pending, "The endpoints at ngrok are being listed anew."));
      return Optional.empty();
    }
    return Optional.of(
        new Step.Create<>(
            Resource.ENDPOINTS,
            new Endpoint.Create(
                "cloud", url, PUBLIC, false, description, owner.mark().text(), policy.toJson()),
            url,
            false,
            owner.lane(),
            last != null && url.equals(lastURL)
                ? List.of(Drift.deleted(Resource.ENDPOINTS, url, last.id()))
                : List.of()));
  }

  /** Takes over what serves the URL, where that may be. */
  private Optional<Step> take(ContestedURL contested, TrafficPolicy policy, Assessment assessment) {
    Endpoint foreign = contested.foreign();
    Optional<Mark> taken = contested.taking();
    if (taken.isEmpty()) {
      contested.tell(assessment);
    }
    return taken.map(
        mark ->
            update(
                foreign,
                new Endpoint.Update(
                    null,
                    null,
                    null,
                    mark.wasAdopted() ? null : description,
                    mark.text(),
                    policy.toJson()),
                foreign.url(),
                List.of()));
  }

  private List<Step> correct(
      Endpoint present, String url, TrafficPolicy policy, Assessment assessment) {
    boolean otherURL = !present.url().equals(url);
    Optional<ContestedURL> inTheWay = otherURL ? ContestedURL.at(owner, url) : Optional.empty();
    if (inTheWay.isPresent()) {
      inTheWay.get().tell(assessment);
      // Two objects that exchange their URLs would wait for each other: each lets go of its own.
      return inTheWay.get().isMovingAway()
          ? letGo(present, Cause.MANIFEST).stream().toList()
          : List.of();
    }
    EndpointStatus known = last != null && present.id().equals(last.id()) ? last : null;
    boolean sentBefore = known != null && policy.hash().equals(known.policyHash());
    boolean otherPolicy = !PolicyEcho.holds(last, present, policy);
    boolean moved = otherURL && known != null && url.equals(lastURL);
    boolean edited = otherPolicy && sentBefore && PolicyEcho.isEdited(last, present);
    Comparison comparison = new Comparison(Resource.ENDPOINTS, moved ? url : present.url());
    Endpoint.Update correction =
        correction(comparison, present, moved ? url : null, edited ? policy : null);
    Endpoint.Update change =
        new Endpoint.Update(
            otherURL && !moved ? url : null,
            null,
            null,
            null,
            null,
            otherPolicy && !edited ? policy.toJson() : null);
    String name = otherURL ? url : present.url();
    List<Step> steps = new ArrayList<>();
    if (!comparison.drift().isEmpty()) {
      steps.add(update(present, correction, name, known == null ? List.of() : comparison.drift()));
    }
    if (change.url() != null || change.trafficPolicy() != null) {
      steps.add(update(present, change, name, List.of()));
    }
    return steps;
  }

  /** What puts everything right that does not depend on the manifest, and what was sent before. */
  Endpoint.Update correction(
      Comparison comparison, Endpoint present, String url, TrafficPolicy policy) {
    // What was adopted keeps what only people read, and how it is bound.
    Optional<Mark> mark = owner.ownMark(present);
    boolean adopted = owner.possession().wasAdopted(mark, present.id());
    if (url != null) {
      comparison.add(MadeFields.URL, url, present.url());
    }
    if (policy != null) {
      addPolicy(comparison, present);
    }
    List<String> bindings = present.bindings().isEmpty() ? null : present.bindings();
    return new Endpoint.Update(
        url,
        adopted ? null : comparison.field(MadeFields.BINDINGS, PUBLIC, bindings),
        adopted ? null : comparison.field(MadeFields.POOLING, false, present.poolingEnabled()),
        adopted
            ? null
            : comparison.text(MadeFields.DESCRIPTION, description, present.description()),
        comparison.mark(
            owner.possession().marking(owner.mark(), mark, present.id()), present.metadata()),
        policy == null ? null : policy.toJson());
  }

  /** Tells two policies from each other, without their text. */
  void addPolicy(Comparison comparison, Endpoint present) {
    comparison.add(MadeFields.POLICY, "policy " + last.echoHash(), "policy " + echoHash(present));
  }

  private Step update(Endpoint endpoint, Endpoint.Update changes, String name, List<Drift> drift) {
    return shrinking
        ? new Step.Update<>(
            Resource.ENDPOINTS, endpoint.id(), changes, name, Lane.CLOSING, Cause.CLOSING, drift)
        : new Step.Update<>(Resource.ENDPOINTS, endpoint.id(), changes, name, owner.lane(), drift);
  }

  private static boolean sameScheme(String one, String other) {
    return one.substring(0, one.indexOf(':')).equals(other.substring(0, other.indexOf(':')));
  }
}
