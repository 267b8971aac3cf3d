package dev.clinicnet.operator.plan;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Lets one pass at a time create an object that several manifests want. A pass that waits finds the
 * object when it is its turn, so that no request is sent in vain.
 */
final class SharedNames {
  private static final int STRIPES = 256;

  /** The locks. Two names may share one. */
  private final Lock[] stripes =
      IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(Lock[]::new);

  /** Carries out the creation when it is its turn, and returns what it returns. */
  boolean inTurn(Step.Create<?, ?> step, BooleanSupplier creation) {
    String name = step.resource().path() + " " + step.name();
    Lock lock = stripes[Math.floorMod(name.hashCode(), STRIPES)];
    lock.lock();
    try {
      return creation.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
