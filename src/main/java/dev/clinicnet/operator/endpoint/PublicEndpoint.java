package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.kubernetes.Annotations;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.policy.ContentHash;
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
    present().forEach(e -> steps.add(new Step.Delete(Resource.ENDPOINTS, e.id(), e.url(), cause)));
    return steps;
  }

  /**
   * What can be taken down though nobody knows what is there: the endpoint that the status names.
   * Whatever else there may be is closed when it is known.
   */
  public List<Step> closeUnseen() {
    return last == null || owner.inventory().isGone(Resource.ENDPOINTS, last.id())
        ? List.of()
        : List.of(
            new Step.Delete(
                Resource.ENDPOINTS,
                last.id(),
                lastURL == null ? description : lastURL,
                Cause.CLOSING));
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
    own.map(endpoint -> correct(endpoint, url, policy, assessment))
        .orElseGet(() -> create(url, policy, assessment))
        .ifPresent(steps::add);
    all.stream()
        .filter(endpoint -> own.filter(endpoint::equals).isEmpty())
        .forEach(e -> steps.add(new Step.Delete(Resource.ENDPOINTS, e.id(), e.url())));
    return steps;
  }

  /** What the status is to remember of it; what it said before while it is not there. */
  public EndpointStatus status(String url, TrafficPolicy policy) {
    return present().stream()
        .filter(endpoint -> endpoint.url().equals(url))
        .findFirst()
        .map(
            present ->
                PolicyText.sameMeaning(present.trafficPolicy(), policy.toJson())
                    ? new EndpointStatus(present.id(), policy.hash(), echoHash(present))
                    : last)
        .orElse(last);
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
    Optional<Endpoint> foreign = foreign(url);
    if (foreign.isPresent()) {
      if (Annotations.adopts(owner.object(), foreign.get().id()) && foreign.get().isCloud()) {
        return Optional.of(update(foreign.get(), null, policy, true, Cause.MANIFEST));
      }
      assessment.put(ConditionType.Accepted, notOwned(foreign.get()));
      return Optional.empty();
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
            last != null && url.equals(lastURL) ? Cause.DRIFT : Cause.MANIFEST));
  }

  /** Whatever serves the URL without being ours. */
  private Optional<Endpoint> foreign(String url) {
    return owner.inventory().lookUp(Resource.ENDPOINTS, Keys.name(url)).stream()
        .filter(endpoint -> !owner.isOurs(endpoint.metadata()))
        .findFirst();
  }

  private Optional<Step> correct(
      Endpoint present, String url, TrafficPolicy policy, Assessment assessment) {
    EndpointStatus known = last != null && present.id().equals(last.id()) ? last : null;
    boolean same = PolicyText.sameMeaning(present.trafficPolicy(), policy.toJson());
    boolean sentBefore = known != null && policy.hash().equals(known.policyHash());
    // The platform may store another text than it was sent: what it answered then is no drift.
    boolean normalised = sentBefore && echoHash(present).equals(known.echoHash());
    boolean otherPolicy = !same && !normalised;
    boolean otherURL = !present.url().equals(url);
    boolean inactive = Mark.parse(present.metadata()).filter(Mark::isActive).isEmpty();
    Optional<Endpoint> inTheWay = otherURL ? foreign(url) : Optional.empty();
    if (inTheWay.isPresent()) {
      assessment.put(ConditionType.Accepted, notOwned(inTheWay.get()));
      return Optional.empty();
    }
    if (!otherPolicy && !otherURL && !inactive) {
      return Optional.empty();
    }
    boolean moved = otherURL && known != null && url.equals(lastURL);
    boolean edited = otherPolicy && sentBefore;
    return Optional.of(
        update(
            present,
            otherURL ? url : null,
            otherPolicy ? policy : null,
            inactive,
            !inactive && (edited || moved) ? Cause.DRIFT : Cause.MANIFEST));
  }

  private Step update(
      Endpoint endpoint, String url, TrafficPolicy policy, boolean remark, Cause cause) {
    return new Step.Update<>(
        Resource.ENDPOINTS,
        endpoint.id(),
        new Endpoint.Update(
            url,
            null,
            remark ? owner.mark().text() : null,
            policy == null ? null : policy.toJson()),
        url == null ? endpoint.url() : url,
        shrinking ? Lane.CLOSING : owner.lane(),
        shrinking ? Cause.CLOSING : cause);
  }

  private Verdict notOwned(Endpoint endpoint) {
    String holder =
        Mark.parse(endpoint.metadata())
            .map(m -> m.owner().map(Object::toString).orElse("something") + " of " + m.instance())
            .orElse("somebody else");
    return Verdict.no(
        Reason.EndpointNotOwned,
        endpoint.url()
            + " is served by an endpoint of "
            + holder
            + " ("
            + endpoint.id()
            + "). Delete that, choose another host, or annotate this "
            + owner.object().getKind()
            + " with "
            + Annotations.ADOPT
            + "="
            + endpoint.id()
            + " to take it over.");
  }

  private static boolean sameScheme(String one, String other) {
    return one.substring(0, one.indexOf(':')).equals(other.substring(0, other.indexOf(':')));
  }
}
