package dev.clinicnet.operator.cli.inventory;

/** The reasons why {@code inventory} ends, with their exit codes. */
enum InventoryExit {
  /** The account was listed, or everything that {@code --delete} names was deleted. */
  DONE(0),
  /** ngrok or Kubernetes failed, or a file cannot be used. */
  FAILED(1),
  /** An option or a file name is wrong, or there is no API key. */
  USAGE(2),
  /** A rule forbids a deletion. Nothing was deleted unless the output says so. */
  REFUSED(3);

  private final int code;

  InventoryExit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
