package dev.clinicnet.operator.cli.plan;

import java.util.Locale;

/** The origin of a change, as far as it is known without the statuses in the cluster. */
enum Origin {
  /** The account has nothing for the manifest yet. */
  NEW("new"),
  /** The account has something for the manifest, but not this. */
  MISSING("new in the manifest, or deleted by hand at ngrok"),
  /** An object of the manifest differs. */
  CHANGED("changed in the manifest, or by hand at ngrok"),
  /** The object was retired or left when its owner was deleted, and is wanted again. */
  TAKEN_BACK("was let go of, and is taken back"),
  /** The manifest no longer asks for the object, or has a replacement. */
  NOT_WANTED("not asked for by the manifest"),
  /** The manifest of the object is not in the files. */
  NOT_IN_FILES("not in these files");

  private final String words;

  Origin(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The word in the output for programs. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
