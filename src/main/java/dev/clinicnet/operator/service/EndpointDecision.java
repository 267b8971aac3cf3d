package dev.clinicnet.operator.service;

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

/** The public cloud endpoint of a service: made, corrected, or taken down. */
final class EndpointDecision {
  private static final List<String> PUBLIC = List.of("public");

  private final ServiceObservation o;
  private final Assessment assessment;
  private final List<Step> steps = new ArrayList<>();

  EndpointDecision(ServiceObservation observation, Assessment assessment) {
    this.o = observation;
    this.assessment = assessment;
  }

  /** Whatever is there is to be taken down. */
  static List<Step> close(ServiceObservation o) {
    List<Step> steps = new ArrayList<>();
    Cause cause = o.mustBeClosed() ? Cause.CLOSING : Cause.MANIFEST;
    o.endpoints()
        .forEach(e -> steps.add(new Step.Delete(Resource.ENDPOINTS, e.id(), e.url(), cause)));
    return steps;
  }

  /**
   * What can be taken down though nobody knows what is there: the endpoint that the status names.
   * Whatever else there may be is closed when it is known.
   */
  static List<Step> closeUnseen(ServiceObservation o) {
    EndpointStatus known = o.status().endpoint();
    return known == null
            || !o.mustBeClosed()
            || o.inventory().isGone(Resource.ENDPOINTS, known.id())
        ? List.of()
        : List.of(
            new Step.Delete(Resource.ENDPOINTS, known.id(), o.status().publicURL(), Cause.CLOSING));
  }

  /** An endpoint at this URL with this policy is to be there, and no other. */
  List<Step> open(String url, TrafficPolicy policy) {
    List<Endpoint> all = o.endpoints();
    Optional<Endpoint> own =
        all.stream()
            .filter(endpoint -> endpoint.url().equals(url))
            .findFirst()
            .or(() -> all.stream().filter(e -> sameScheme(e.url(), url)).findFirst());
    if (own.isPresent()) {
      correct(own.get(), url, policy);
    } else {
      create(url, policy);
    }
    all.stream()
        .filter(endpoint -> own.filter(endpoint::equals).isEmpty())
        .forEach(e -> steps.add(new Step.Delete(Resource.ENDPOINTS, e.id(), e.url())));
    return steps;
  }

  private void create(String url, TrafficPolicy policy) {
    Optional<Endpoint> foreign = foreign(url);
    if (foreign.isPresent()) {
      if (Annotations.adopts(o.service(), foreign.get().id()) && foreign.get().isCloud()) {
        steps.add(update(foreign.get(), null, policy, true, Cause.MANIFEST));
      } else {
        assessment.put(ConditionType.Accepted, notOwned(foreign.get()));
      }
      return;
    }
    if (!o.inventory().isKnown(Resource.ENDPOINTS)) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.unknown(Reason.Pending, "The endpoints at ngrok are being listed anew."));
      return;
    }
    steps.add(
        new Step.Create<>(
            Resource.ENDPOINTS,
            new Endpoint.Create(
                "cloud",
                url,
                PUBLIC,
                false,
                "ClinicService " + o.owner().name(),
                o.mark().text(),
                policy.toJson()),
            url,
            false,
            o.lane(),
            o.status().endpoint() != null && url.equals(o.status().publicURL())
                ? Cause.DRIFT
                : Cause.MANIFEST));
  }

  /** Whatever serves the URL without being ours. */
  private Optional<Endpoint> foreign(String url) {
    return o.inventory().lookUp(Resource.ENDPOINTS, Keys.name(url)).stream()
        .filter(endpoint -> !o.isOurs(endpoint.metadata()))
        .findFirst();
  }

  private void correct(Endpoint present, String url, TrafficPolicy policy) {
    EndpointStatus last =
        o.status().endpoint() != null && present.id().equals(o.status().endpoint().id())
            ? o.status().endpoint()
            : null;
    boolean same = PolicyText.sameMeaning(present.trafficPolicy(), policy.toJson());
    boolean sentBefore = last != null && policy.hash().equals(last.policyHash());
    // The platform may store another text than it was sent: what it answered then is no drift.
    boolean normalised = sentBefore && echoHash(present).equals(last.echoHash());
    boolean otherPolicy = !same && !normalised;
    boolean otherURL = !present.url().equals(url);
    boolean inactive = Mark.parse(present.metadata()).filter(Mark::isActive).isEmpty();
    Optional<Endpoint> inTheWay = otherURL ? foreign(url) : Optional.empty();
    if (inTheWay.isPresent()) {
      assessment.put(ConditionType.Accepted, notOwned(inTheWay.get()));
    } else if (otherPolicy || otherURL || inactive) {
      boolean moved = otherURL && last != null && url.equals(o.status().publicURL());
      boolean edited = otherPolicy && sentBefore;
      steps.add(
          update(
              present,
              otherURL ? url : null,
              otherPolicy ? policy : null,
              inactive,
              !inactive && (edited || moved) ? Cause.DRIFT : Cause.MANIFEST));
    }
  }

  /** What the status remembers of the endpoint; what it said before while it is not there. */
  static EndpointStatus status(ServiceObservation o, String url, TrafficPolicy policy) {
    EndpointStatus last = o.status().endpoint();
    return o.endpoints().stream()
        .filter(endpoint -> endpoint.url().equals(url))
        .findFirst()
        .map(
            present ->
                PolicyText.sameMeaning(present.trafficPolicy(), policy.toJson())
                    ? new EndpointStatus(present.id(), policy.hash(), echoHash(present))
                    : last)
        .orElse(last);
  }

  private Step update(
      Endpoint endpoint, String url, TrafficPolicy policy, boolean remark, Cause cause) {
    boolean shrinking = OnDemandDecision.isShrinking(o);
    return new Step.Update<>(
        Resource.ENDPOINTS,
        endpoint.id(),
        new Endpoint.Update(
            url, null, remark ? o.mark().text() : null, policy == null ? null : policy.toJson()),
        url == null ? endpoint.url() : url,
        shrinking ? Lane.CLOSING : o.lane(),
        shrinking ? Cause.CLOSING : cause);
  }

  private static Verdict notOwned(Endpoint endpoint) {
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
            + "). Delete that, choose another host, or annotate this service with "
            + Annotations.ADOPT
            + "="
            + endpoint.id()
            + " to take it over.");
  }

  static String echoHash(Endpoint endpoint) {
    return ContentHash.of(endpoint.trafficPolicy() == null ? "" : endpoint.trafficPolicy());
  }

  private static boolean sameScheme(String one, String other) {
    return one.substring(0, one.indexOf(':')).equals(other.substring(0, other.indexOf(':')));
  }
}
