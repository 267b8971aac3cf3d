package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.api.v1alpha1.EndpointStatus;
import dev.clinicnet.operator.claim.PublicURLs;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Finding;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Lane;
import dev.clinicnet.operator.ngrok.RemoteObject.Field;
import dev.clinicnet.operator.ngrok.Resource;
import dev.clinicnet.operator.plan.Cause;
import dev.clinicnet.operator.plan.Comparison;
import dev.clinicnet.operator.plan.Diff;
import dev.clinicnet.operator.plan.Known;
import dev.clinicnet.operator.plan.Step;
import dev.clinicnet.operator.plan.Wanted;
import dev.clinicnet.operator.policy.ContentHash;
import dev.clinicnet.operator.policy.DenyAll;
import dev.clinicnet.operator.policy.PolicyText;
import dev.clinicnet.operator.policy.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The public cloud endpoint of an object. It is created, corrected or taken down.
 *
 * @param last the endpoint in the status; null while there is none
 * @param lastURL the URL at which it was served last; null before
 * @param shrinking whether the change takes access away, so that nothing holds it back
 * @param description the text for people at ngrok
 */
public record PublicEndpoint(
    EndpointOwner owner,
    EndpointStatus last,
    String lastURL,
    boolean shrinking,
    String description) {
  private static final List<String> PUBLIC = List.of("public");

  /** The cloud endpoints of the object. There is more than one only after a failure. */
  public List<Endpoint> present() {
    return owner.endpoints(last == null ? null : last.id());
  }

  /** Every endpoint is taken down. */
  public List<Step> close(Cause cause) {
    return present().stream().flatMap(endpoint -> letGo(endpoint, cause).stream()).toList();
  }

  /**
   * The steps while the account is not listed. They take down the endpoint that the status names.
   * Other endpoints are closed when they are known.
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
   * Takes an endpoint down by deleting it. An endpoint that existed before stays at ngrok, denies
   * every client, and gets a mark that it was released; empty when that was done.
   */
  private Optional<Step> letGo(Endpoint endpoint, Cause cause) {
    Optional<Mark> mark = owner.ownMark(endpoint);
    boolean stays =
        wasAdopted(endpoint)
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
   * The step that keeps an endpoint which existed before. It then denies every client, and has a
   * mark that it was released.
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
   * There must be one endpoint at this URL with this policy, and no other. Verdicts on obstacles go
   * into the assessment.
   */
  public List<Step> open(String url, TrafficPolicy policy, Assessment assessment) {
    List<Endpoint> all = present();
    Optional<Endpoint> own =
        all.stream()
            .filter(endpoint -> endpoint.url().equals(url))
            .findFirst()
            .or(() -> all.stream().filter(e -> PublicURLs.sameScheme(e.url(), url)).findFirst());
    boolean served = own.filter(endpoint -> endpoint.url().equals(url)).isPresent();
    Optional<ContestedURL> contested = served ? Optional.empty() : ContestedURL.at(owner, url);
    List<Step> inTheWay = inTheWay(url, all);
    if (contested.isEmpty() && !inTheWay.isEmpty()) {
      return inTheWay;
    }
    List<Step> steps =
        new ArrayList<>(
            contested.isPresent()
                ? contend(contested.get(), own, policy, assessment)
                : make(own, url, policy, assessment));
    all.stream()
        .filter(endpoint -> own.filter(endpoint::equals).isEmpty())
        .forEach(endpoint -> letGo(endpoint, Cause.MANIFEST).ifPresent(steps::add));
    return steps;
  }

  /** Takes down what has the port of the URL. The scheme of an endpoint cannot change. */
  private List<Step> inTheWay(String url, List<Endpoint> all) {
    return all.stream()
        .filter(endpoint -> PublicURLs.competes(endpoint.url(), url))
        .flatMap(endpoint -> letGo(endpoint, Cause.MANIFEST).stream())
        .toList();
  }

  /**
   * The endpoint for the status; the earlier status while the endpoint is missing.
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

  /** A hash of the text that the platform shows as the policy of an endpoint. */
  public static String echoHash(Endpoint endpoint) {
    return ContentHash.of(endpoint.trafficPolicy() == null ? "" : endpoint.trafficPolicy());
  }

  /** The policy that a step sent; null when it sent none. */
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

  private List<Step> make(
      Optional<Endpoint> own, String url, TrafficPolicy policy, Assessment assessment) {
    boolean known = owner.inventory().isKnown(Resource.ENDPOINTS);
    Diff diff = Diff.of(wanted(own, url, policy), Finding.of(own, known));
    if (diff.outcome() == Diff.Outcome.WAITS) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.unknown(Reason.Pending, "The endpoints at ngrok are being listed anew."));
    }
    return diff.steps();
  }

  /** Takes over the endpoint that serves the URL, if that is allowed. */
  private List<Step> contend(
      ContestedURL contested, Optional<Endpoint> own, TrafficPolicy policy, Assessment assessment) {
    if (own.isPresent()) {
      contested.tell(assessment);
      // Two objects that exchange their URLs would wait for each other, so each releases its own.
      return contested.isMovingAway()
          ? letGo(own.get(), Cause.MANIFEST).stream().toList()
          : List.of();
    }
    Finding<Endpoint> foreign = Finding.present(contested.foreign());
    Diff diff =
        Diff.of(
            wanted(foreign.optional(), foreign.get().url(), policy), foreign, contested.title());
    if (diff.outcome() == Diff.Outcome.REFUSED) {
      contested.tell(assessment);
    }
    return diff.steps();
  }

  /**
   * The wanted endpoint.
   *
   * @param policy null for its present policy
   */
  Wanted<Endpoint, Endpoint.Create, Endpoint.Update> wanted(
      Optional<Endpoint> present, String url, TrafficPolicy policy) {
    boolean expected = url.equals(lastURL);
    return new Wanted<>(
        Resource.ENDPOINTS,
        url,
        owner.mark(),
        present.filter(this::wasAdopted).isPresent(),
        shrinking && present.isPresent() ? Lane.CLOSING : owner.lane(),
        Optional.ofNullable(last)
            .filter(known -> expected || present.isPresent())
            .map(known -> new Known(known.id(), expected ? url : present.get().url())),
        () ->
            new Endpoint.Create(
                "cloud", url, PUBLIC, false, description, owner.mark().text(), policy.toJson()),
        (listed, comparison) -> correction(listed, url, policy, comparison),
        (listed, correction) -> change(listed, url, policy, correction));
  }

  private boolean wasAdopted(Endpoint endpoint) {
    return owner.possession().wasAdopted(owner.ownMark(endpoint), endpoint.id());
  }

  /** The step that corrects everything that does not depend on the manifest. */
  private Endpoint.Update correction(
      Endpoint present, String url, TrafficPolicy policy, Comparison comparison) {
    boolean moved = isKnown(present) && url.equals(lastURL) && !url.equals(present.url());
    boolean edited = policy != null && isEdited(present, policy);
    if (moved) {
      comparison.add(Field.URL, url, present.url());
    }
    if (edited) {
      addPolicy(comparison, present);
    }
    List<String> bindings = present.bindings().isEmpty() ? null : present.bindings();
    return new Endpoint.Update(
        moved ? url : null,
        comparison.field(Field.BINDINGS, PUBLIC, bindings),
        comparison.field(Field.POOLING, false, present.poolingEnabled()),
        comparison.description(description, present.description()),
        comparison.mark(present),
        edited || (comparison.isTaking() && !PolicyEcho.holds(last, present, policy))
            ? policy.toJson()
            : null);
  }

  private Optional<Endpoint.Update> change(
      Endpoint present, String url, TrafficPolicy policy, Endpoint.Update correction) {
    boolean moves = correction.url() == null && !url.equals(present.url());
    boolean sends = correction.trafficPolicy() == null && !PolicyEcho.holds(last, present, policy);
    return moves || sends
        ? Optional.of(
            new Endpoint.Update(
                moves ? url : null, null, null, null, null, sends ? policy.toJson() : null))
        : Optional.empty();
  }

  /** Whether it is the one that the status names. */
  boolean isKnown(Endpoint present) {
    return last != null && present.id().equals(last.id());
  }

  /** Whether somebody changed the wanted policy after it was sent. */
  private boolean isEdited(Endpoint present, TrafficPolicy policy) {
    return isKnown(present)
        && policy.hash().equals(last.policyHash())
        && !PolicyEcho.holds(last, present, policy)
        && PolicyEcho.isEdited(last, present);
  }

  /** A text that distinguishes two policies without their content. */
  void addPolicy(Comparison comparison, Endpoint present) {
    comparison.add(Field.POLICY, "policy " + last.echoHash(), "policy " + echoHash(present));
  }
}
