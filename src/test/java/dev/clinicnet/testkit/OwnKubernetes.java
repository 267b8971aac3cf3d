package dev.clinicnet.testkit;

import dev.clinicnet.demo.RealKubernetes;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Gives a test class an API server that no other class uses at the same time. It is for tests of
 * objects that count for every operator on an API server, such as NgrokAccounts. The class runs
 * beside others, and its tests run one after the other.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(providers = OwnKubernetes.Turns.class)
@ExtendWith(OwnKubernetes.Loan.class)
public @interface OwnKubernetes {

  /** Keeps the tests of a class from running at the same time: they write the same lock. */
  final class Turns implements ResourceLocksProvider {
    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
      return Set.of(
          new Lock("the API server of " + testClass.getName(), ResourceAccessMode.READ_WRITE));
    }
  }

  /** Borrows an API server until the tests of the class have ended. */
  final class Loan implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(Loan.class);

    private record Borrowed(RealKubernetes kubernetes) implements AutoCloseable {
      @Override
      public void close() {
        SharedKubernetes.giveBack(kubernetes);
      }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
      context
          .getStore(NAMESPACE)
          .computeIfAbsent(
              Borrowed.class, key -> new Borrowed(SharedKubernetes.borrow()), Borrowed.class);
    }

    /** The API server that a test uses: the one of its class, or else the shared one. */
    static RealKubernetes of(ExtensionContext context) {
      Borrowed borrowed = context.getStore(NAMESPACE).get(Borrowed.class, Borrowed.class);
      return borrowed == null ? SharedKubernetes.get() : borrowed.kubernetes();
    }
  }
}
