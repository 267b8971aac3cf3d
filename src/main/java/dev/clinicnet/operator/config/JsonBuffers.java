package dev.clinicnet.operator.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;

/**
 * The buffers for reading and writing JSON. By default each thread keeps its own, of 30 KB, and the
 * operator has nearly a hundred threads, of which few read at the same time.
 */
public final class JsonBuffers {
  private static final int KEPT = 8;
  private static final RecyclerPool<BufferRecycler> POOL = JsonRecyclerPools.newBoundedPool(KEPT);

  private JsonBuffers() {}

  /** A factory that takes its buffers from those that all threads share. */
  public static JsonFactory factory() {
    return JsonFactory.builder().recyclerPool(POOL).build();
  }
}
