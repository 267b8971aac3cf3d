package dev.clinicnet.operator.account;

import dev.clinicnet.operator.ngrok.NgrokApi;
import dev.clinicnet.operator.ngrok.Resource;
import java.time.Duration;

/**
 * How often an account is listed. The intervals are those of a small account. A large one is listed
 * less often, because each hundred objects are a page, and a page is a request.
 *
 * @param driftInterval how often everything is listed
 * @param agentInterval how often agent sessions and endpoints are listed
 */
public record Pace(Duration driftInterval, Duration agentInterval) {
  /** The pages of all lists together that fit into the drift interval. */
  private static final int PAGES_OF_ALL = 150;

  /** The pages of endpoints that fit into the agent interval. */
  private static final int PAGES_OF_ENDPOINTS = 2;

  /**
   * The pages of agent sessions that fit into the agent interval. They come more often than
   * endpoints: a site that is lost, or back, always has another session.
   */
  private static final int PAGES_OF_SESSIONS = 4;

  /** How many pages the list of so many objects has. An empty list has one. */
  public static int pages(int objects) {
    return Math.max(1, (objects + NgrokApi.PAGE - 1) / NgrokApi.PAGE);
  }

  /**
   * The time from one list of everything to the next. The endpoints are a part of it.
   *
   * @param pages the pages of all lists together
   * @param endpoints the pages of endpoints among them
   */
  public Duration everything(int pages, int endpoints) {
    Duration all = stretched(driftInterval, pages, PAGES_OF_ALL);
    Duration ofEndpoints = stretched(agentInterval, endpoints, PAGES_OF_ENDPOINTS);
    return endpoints > PAGES_OF_ENDPOINTS && ofEndpoints.compareTo(all) > 0 ? ofEndpoints : all;
  }

  /**
   * The time from one list of a resource that shows agents to the next. It is a whole part of the
   * drift interval, so that the lists of everything count, or longer than it.
   *
   * @param pages the pages of this list
   */
  public Duration agents(Resource<?, ?, ?> resource, int pages) {
    int most = resource.equals(Resource.TUNNEL_SESSIONS) ? PAGES_OF_SESSIONS : PAGES_OF_ENDPOINTS;
    Duration stretched = stretched(agentInterval, pages, most);
    if (stretched.equals(agentInterval) || stretched.compareTo(driftInterval) > 0) {
      return stretched;
    }
    return driftInterval.dividedBy(Math.max(1, driftInterval.dividedBy(stretched)));
  }

  private static Duration stretched(Duration interval, int pages, int most) {
    return pages <= most ? interval : interval.multipliedBy(pages).dividedBy(most);
  }
}
