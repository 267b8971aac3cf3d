package dev.clinicnet.operator.cli.cluster;

/** The reasons why {@code status}, {@code kit}, {@code open} and {@code close} end. */
public enum ClusterExit {
  /** It was done, and nothing that was shown needs a person. */
  DONE(0),
  /** The cluster cannot be reached or fails, or a file cannot be written. */
  FAILED(1),
  /** An option is wrong, or the kubeconfig cannot be used. */
  USAGE(2),
  /** {@code status} shows something that a person must do. */
  NEEDS_SOMEBODY(3),
  /** What was named does not exist, or not yet. */
  NOT_FOUND(4),
  /** The API server does not let the user do it. */
  FORBIDDEN(5),
  /** The session, its manifest or the directory was refused. Nothing was opened or written. */
  REFUSED(6),
  /** It did not happen in the time that {@code --wait} gives. */
  TIMEOUT(7),
  /** Ctrl-C while {@code open} waits. The JVM ends with this code by itself. */
  INTERRUPTED(130);

  private final int code;

  ClusterExit(int code) {
    this.code = code;
  }

  /** The exit code of the process. */
  public int code() {
    return code;
  }
}
