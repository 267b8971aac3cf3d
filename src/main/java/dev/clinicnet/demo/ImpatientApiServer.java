package dev.clinicnet.demo;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfig;

/**
 * kube-api-test's server, but one that dies while it starts is given up at once: it would be waited
 * for until the time limit.
 */
final class ImpatientApiServer extends KubeAPIServer {

  private Thread starting;
  private volatile boolean interrupted;

  ImpatientApiServer(KubeAPIServerConfig configuration) {
    super(configuration);
  }

  @Override
  public void start() {
    watch(Thread.currentThread());
    try {
      super.start();
    } finally {
      watch(null);
      if (interrupted) {
        // It was meant for the start, and not for what the thread does next.
        Thread.interrupted();
      }
    }
  }

  @Override
  public void processStopped(Process process) {
    super.processStopped(process);
    interruptStart();
  }

  private synchronized void watch(Thread thread) {
    starting = thread;
  }

  private synchronized void interruptStart() {
    if (starting != null) {
      interrupted = true;
      starting.interrupt();
    }
  }
}
