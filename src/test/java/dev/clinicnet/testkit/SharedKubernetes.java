package dev.clinicnet.testkit;

import dev.clinicnet.demo.RealKubernetes;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The API server of most integration tests in this JVM, with {@code deploy/base} and {@code crds}
 * applied, and stand-ins for the CRDs of others in {@code src/test/resources/crds}; the operator's
 * requests are recorded. It starts when a test first asks for it, and stops with the JVM. There are
 * further ones for tests with {@link OwnKubernetes}, and they are used again.
 */
final class SharedKubernetes {

  private static final Deque<RealKubernetes> FREE = new ConcurrentLinkedDeque<>();

  private static RealKubernetes started;
  private static volatile String failure;
  private static List<CustomResourceDefinitionContext> kinds;

  private SharedKubernetes() {}

  static synchronized RealKubernetes get() {
    if (started == null) {
      started = start();
    }
    return started;
  }

  /** An API server that nobody else uses, until it is given back. */
  static RealKubernetes borrow() {
    RealKubernetes free = FREE.poll();
    return free == null ? start() : free;
  }

  static void giveBack(RealKubernetes kubernetes) {
    FREE.push(kubernetes);
  }

  /**
   * The operator's kinds, which are the same on every API server. They are listed once, because
   * their schemas are large.
   */
  static synchronized List<CustomResourceDefinitionContext> kinds(RealKubernetes kubernetes) {
    if (kinds == null) {
      kinds =
          kubernetes
              .adminClient()
              .apiextensions()
              .v1()
              .customResourceDefinitions()
              .list()
              .getItems()
              .stream()
              .filter(crd -> crd.getSpec().getGroup().equals("clinicnet.dev"))
              .map(CustomResourceDefinitionContext::fromCrd)
              .toList();
    }
    return kinds;
  }

  private static RealKubernetes start() {
    if (failure != null) {
      // A second attempt would only take the same time again, in every test class.
      throw new IllegalStateException("See the first test that failed: " + failure);
    }
    try {
      return prepared(RealKubernetes.start(AuditRecord.flags()));
    } catch (RuntimeException e) {
      failure = e.toString();
      throw e;
    }
  }

  private static RealKubernetes prepared(RealKubernetes kubernetes) {
    try {
      if (Files.isDirectory(Path.of("crds"))) {
        kubernetes.apply(Path.of("crds"));
      }
      kubernetes.apply(Path.of("deploy/base"));
      kubernetes.apply(Path.of("src/test/resources/crds"));
      return kubernetes;
    } catch (RuntimeException e) {
      kubernetes.close();
      throw e;
    }
  }
}
