package dev.clinicnet.operator.controller;

import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;

/**
 * Checks that a cache is valid. When the SDK stops, it empties its caches while passes still run,
 * and these passes would find no session and no service.
 */
final class LiveCache {
  private LiveCache() {}

  /**
   * Fails when a cache is stopped. Call this after the read, because a cache is stopped before it
   * is emptied.
   */
  static void require(IndexerResourceCache<?> cache) {
    if (cache instanceof AbstractEventSource<?, ?> source && !source.isRunning()) {
      throw new IllegalStateException(
          "the operator is stopping: its caches are empty, and nothing follows from that");
    }
  }
}
