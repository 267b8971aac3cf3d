package dev.clinicnet.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sessions that an agent can continue after its connection has ended, by their cookie. */
final class AgentSessions {
  private static final int MOST = 10_000;

  private final Ids ids;
  private final Map<String, Known> byCookie =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  /** A session, with all that stays the same when its agent reconnects. */
  record Known(String cookie, String clientId, String agentId, Row session) {}

  AgentSessions(Ids ids) {
    this.ids = ids;
  }

  Known begin(String agentId, Row session) {
    Known begun = new Known(ids.secret() + ids.secret(), ids.label(32), agentId, session);
    byCookie.put(begun.cookie(), begun);
    return begun;
  }

  /** The session of an agent that reconnects with the same credential; empty if it cannot. */
  Optional<Known> of(String cookie, String clientId, String credential) {
    return Optional.ofNullable(byCookie.get(cookie))
        .filter(known -> known.clientId().equals(clientId))
        .filter(known -> known.session().text("credential").equals(credential));
  }

  void reset() {
    byCookie.clear();
  }
}
