package dev.clinicnet.operator.cli.plan;

import java.util.Locale;

/** Where a change comes from, as far as can be told without the statuses in the cluster. */
enum Origin {
  /** The account has nothing for the manifest yet. */
  NEW("new"),
  /** The account has something for the manifest, but not this. */
  MISSING("new in the manifest, or deleted by hand at ngrok"),
  /** An object of the manifest differs. */
  CHANGED("changed in the manifest, or by hand at ngrok"),
  /** It was retired or left when its owner went, and is wanted again. */
  TAKEN_BACK("was let go of, and is taken back"),
  /** The manifest does not ask for it any more, or has what takes its place. */
  NOT_WANTED("not asked for by the manifest"),
  /** Its manifest is not in the files. */
  NOT_IN_FILES("not in these files");

  private final String words;

  Origin(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** As programs read it. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
