package dev.clinicnet.simulator.edge;

import dev.clinicnet.simulator.traffic.Decision;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest connections and requests of the edge, so that a test can read why one was refused. */
public final class TrafficLog {
  private static final int KEPT = 1000;

  private final Deque<Entry> entries = new ArrayDeque<>();

  /**
   * One request, or one connection without requests.
   *
   * @param endpoint the URL of the public endpoint; empty if none is online
   * @param client address and port
   * @param request method and path without the query; empty for a connection
   * @param outcome a status code, or a word for a connection: {@code forwarded}, {@code closed}
   * @param decisions the rules that decided, first those of the public endpoint
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

  /** Removes all entries. */
  public synchronized void reset() {
    entries.clear();
  }
}
