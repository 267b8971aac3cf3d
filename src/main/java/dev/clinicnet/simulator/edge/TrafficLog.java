package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Decision;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest that the edge has treated, so that a test can read why something was refused. */
public final class TrafficLog {
  private static final int KEPT = 1000;

  private final Deque<Entry> entries = new ArrayDeque<>();

  /**
   * One request, or one connection that carries none.
   *
   * @param endpoint the URL of the public endpoint; empty where none is online
   * @param client address and port
   * @param request method and path without the query; empty for a connection
   * @param outcome a status code, or a word for a connection: {@code forwarded}, {@code closed}
   * @param decisions which rules decided, the public endpoint's first
   */
  public record Entry(
      Instant at,
      String endpoint,
      String client,
      String request,
      String outcome,
      List<Decision> decisions) {}

  synchronized void add(Entry entry) {
    entries.addLast(entry);
    if (entries.size() > KEPT) {
      entries.removeFirst();
    }
  }

  /** The entries, oldest first. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Forgets them. */
  public synchronized void reset() {
    entries.clear();
  }
}
