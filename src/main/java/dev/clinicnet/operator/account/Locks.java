package dev.clinicnet.operator.account;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * One lock for each Clinic: it and its services take turns, so that a Clinic that finds nothing
 * left of it can rely on nothing being made at the same moment.
 */
public final class Locks {
  private static final int STRIPES = 1024;

  private final ReentrantLock[] stripes =
      IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  /** The lock of a Clinic; two Clinics may share one. */
  public ReentrantLock of(String namespace, String clinic) {
    return stripes[Math.floorMod((namespace + "/" + clinic).hashCode(), STRIPES)];
  }
}
