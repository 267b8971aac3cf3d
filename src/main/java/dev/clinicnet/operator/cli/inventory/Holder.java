package dev.clinicnet.operator.cli.inventory;

/** For whom the account holds an object. */
enum Holder {
  /** For a manifest of this installation that exists. */
  MANIFEST("manifest", "Ours, with a manifest"),
  /** For this installation as a whole: a shared domain, or the vault. */
  INSTALLATION("installation", "Ours, for the whole installation"),
  /** For a manifest of this installation. Whether the manifest exists is not known. */
  NOT_COMPARED("not-compared", "Ours, not compared with manifests"),
  /** For a manifest of this installation that does not exist. */
  NO_MANIFEST("no-manifest", "Ours, without a manifest"),
  /** For another installation. */
  OTHER_INSTANCE("other-instance", "Another installation's"),
  /** It has no mark. */
  NOBODY("nobody", "Nobody's");

  private final String code;
  private final String title;

  Holder(String code, String title) {
    this.code = code;
    this.title = title;
  }

  /** The word for programs. */
  String code() {
    return code;
  }

  /** The heading for people. */
  String title() {
    return title;
  }
}
