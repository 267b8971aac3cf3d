package dev.clinicnet.operator.endpoint;

import dev.clinicnet.operator.claim.PublicURLs;
import dev.clinicnet.operator.condition.Assessment;
import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import dev.clinicnet.operator.inventory.Keys;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Title;
import dev.clinicnet.operator.ngrok.Endpoint;
import dev.clinicnet.operator.ngrok.Resource;
import java.util.Optional;

/**
 * A public URL that an object asks for and that something else serves.
 *
 * @param owner the object that asks
 * @param foreign the endpoint that serves the URL now
 */
record ContestedURL(EndpointOwner owner, Endpoint foreign) {

  /** The foreign endpoint at a URL; empty when there is none. */
  static Optional<ContestedURL> at(EndpointOwner owner, String url) {
    return owner.inventory().lookUp(Resource.ENDPOINTS, Keys.name(url)).stream()
        .filter(endpoint -> !owner.isOurs(endpoint.metadata()))
        .findFirst()
        .map(endpoint -> new ContestedURL(owner, endpoint));
  }

  /** The name of an endpoint in grants: its host, with the port of a TCP address. */
  static String grantedName(String url) {
    return url.substring(url.indexOf("://") + "://".length());
  }

  /**
   * The title to the endpoint that serves the URL. An agent's endpoint has no mark, and is never
   * taken over.
   */
  Title title() {
    return foreign.isCloud()
        ? owner.possession().title(mark(), foreign.id(), grantedName(foreign.url()))
        : Title.HELD;
  }

  /** Whether the owner of the endpoint exists and asks for another URL now. */
  boolean isMovingAway() {
    return foreign.isCloud()
        && mark()
            .filter(mark -> mark.instance().equals(owner.mark().instance()))
            .filter(Mark::isActive)
            .flatMap(owner.possession().holders()::named)
            .filter(holder -> !PublicURLs.asks(holder, foreign.url()))
            .isPresent();
  }

  /** The verdict on the foreign endpoint: it blocks for a while, or until a person acts. */
  void tell(Assessment assessment) {
    if (isMovingAway()) {
      assessment.put(
          ConditionType.Programmed,
          Verdict.no(
              Reason.WaitingForName,
              foreign.url() + " is still served for an object that is moving to another URL."));
    } else {
      assessment.put(ConditionType.Accepted, refusal());
    }
  }

  private Verdict refusal() {
    return owner
        .possession()
        .refused(
            Reason.EndpointNotOwned,
            "The endpoint at " + foreign.url(),
            Resource.ENDPOINTS,
            mark(),
            foreign.id(),
            grantedName(foreign.url()));
  }

  private Optional<Mark> mark() {
    return Mark.parse(foreign.metadata());
  }
}
