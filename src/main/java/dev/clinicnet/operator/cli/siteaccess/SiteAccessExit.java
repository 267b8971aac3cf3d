package dev.clinicnet.operator.cli.siteaccess;

/** The reasons why {@code site-access} ends, with their exit codes. */
enum SiteAccessExit {
  /** The kubeconfig or the manifests were printed. */
  DONE(0),
  /** The cluster cannot be reached, or refuses the request. */
  FAILED(1),
  /** An option is wrong, or the kubeconfig cannot be used. */
  USAGE(2),
  /** The ServiceAccount is missing, or may not do exactly what it must. Nothing was printed. */
  RIGHTS_DIFFER(3);

  private final int code;

  SiteAccessExit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
