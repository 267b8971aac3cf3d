package dev.clinicnet.demo;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfig;

/**
 * kube-api-test's server, with one difference: if the server dies while it starts, this fails at
 * once and does not wait until the time limit.
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
        // The interrupt was for the start, and not for later work of the thread.
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
