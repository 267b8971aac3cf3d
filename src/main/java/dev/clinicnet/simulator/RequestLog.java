package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The requests in their order, without bodies and headers. */
final class RequestLog {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final InstantSource clock;

  RequestLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts a request when it arrives. Its status follows later. */
  synchronized Entry started(String method, String path, String pattern) {
    Entry entry = new Entry(clock.instant(), method, path);
    entries.add(entry);
    counts.merge(method + " " + pattern, 1, Integer::sum);
    return entry;
  }

  synchronized void finished(Entry entry, int status) {
    entry.status = status;
  }

  synchronized void reset() {
    entries.clear();
    counts.clear();
  }

  synchronized ObjectNode counts() {
    ObjectNode view = Json.object();
    counts.forEach(view::put);
    return view;
  }

  synchronized ObjectNode detail() {
    ObjectNode view = Json.object();
    ArrayNode list = view.putArray("requests");
    for (Entry entry : entries) {
      ObjectNode item =
          list.addObject()
              .put("at", entry.at.toString())
              .put("method", entry.method)
              .put("path", entry.path);
      // Null for a request that was dropped or is still held.
      item.put("status", entry.status == 0 ? null : Integer.valueOf(entry.status));
    }
    return view;
  }

  /** One request. */
  static final class Entry {
    private final Instant at;
    private final String method;
    private final String path;
    private int status;

    private Entry(Instant at, String method, String path) {
      this.at = at;
      this.method = method;
      this.path = path;
    }
  }
}
