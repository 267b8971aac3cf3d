package dev.clinicnet.operator.cli.session;

import dev.clinicnet.operator.api.v1alpha1.ClinicSession;
import dev.clinicnet.operator.cli.cluster.ClusterUser;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;

/**
 * Deletes a session when the process is told to end while somebody waits for it: nothing is opened
 * that nobody uses.
 */
final class Withdrawal implements AutoCloseable {
  private final Resource<ClinicSession> session;
  private final ClusterUser user;
  private final Thread hook = new Thread(this::withdraw, "withdraw");
  private volatile boolean begun;

  private Withdrawal(Resource<ClinicSession> session, ClusterUser user) {
    this.session = session;
    this.user = user;
  }

  /** From now on until this is closed, Ctrl-C deletes the session. */
  static Withdrawal onCtrlC(Resource<ClinicSession> session, ClusterUser user) {
    Withdrawal withdrawal = new Withdrawal(session, user);
    Runtime.getRuntime().addShutdownHook(withdrawal.hook);
    return withdrawal;
  }

  /** Whether the process was told to end. */
  boolean hasBegun() {
    return begun;
  }

  private void withdraw() {
    begun = true;
    try {
      session.delete();
      user.tell("The session is withdrawn.");
    } catch (KubernetesClientException e) {
      user.tell("The session could not be withdrawn: it closes by itself when its time is over.");
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process is ending, and the hook runs.
      join();
    }
  }

  private void join() {
    try {
      hook.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
