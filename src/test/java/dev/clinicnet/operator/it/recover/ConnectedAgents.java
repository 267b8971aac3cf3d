package dev.clinicnet.operator.it.recover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinicnet.testkit.NgrokAccount;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches all the time that agents stay connected, each with the session that it has, and could
 * connect again with the same authtoken.
 */
final class ConnectedAgents implements AutoCloseable {
  private static final int MILLIS = 50;

  private final NgrokAccount account;

  /** The credential of each session. */
  private final Map<String, String> expected = new ConcurrentHashMap<>();

  private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
  private final AtomicInteger looks = new AtomicInteger();
  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

  /** It ends only if a look fails. */
  private final Future<?> looking;

  private ConnectedAgents(NgrokAccount account) {
    this.account = account;
    this.looking = watch.scheduleWithFixedDelay(this::look, 0, MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Begins to watch. No agent is expected yet. */
  static ConnectedAgents of(NgrokAccount account) {
    return new ConnectedAgents(account);
  }

  /** Connects an agent, which is expected to stay. */
  JsonNode connect(String ngrokYml) {
    JsonNode agent = account.connectAgent(ngrokYml);
    expected.put(agent.path("session_id").asText(), agent.path("credential_id").asText());
    return agent;
  }

  /** An agent ends its session itself, because its host was switched off or got a new site kit. */
  synchronized void leaves(JsonNode agent) {
    expected.remove(agent.path("session_id").asText());
    account.disconnectAgent(agent.path("id").asText());
  }

  private synchronized void look() {
    // An agent that connects in between is not expected in this look.
    Map<String, String> before = Map.copyOf(expected);
    List<String> sessions = account.names("tunnel_sessions", "id");
    List<String> credentials = account.names("credentials", "id");
    before.forEach(
        (session, credential) -> {
          if (!sessions.contains(session) || !credentials.contains(credential)) {
            cutOff.add(session + " of " + credential);
          }
        });
    looks.incrementAndGet();
  }

  /** How often it has looked. */
  int looks() {
    return looks.get();
  }

  /** Checks that no agent was cut off until now, and that it could have been noticed. */
  void assertNobodyWasCutOff() {
    look();
    assertThat(expected).isNotEmpty();
    assertThat(cutOff).isEmpty();
    assertThat(looking.isDone()).as("a look has failed").isFalse();
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
