package dev.clinicnet.operator.grant;

import dev.clinicnet.operator.condition.Reason;
import dev.clinicnet.operator.condition.Verdict;
import java.util.Collection;
import java.util.stream.Collectors;

/** The messages for what is not granted. They name nothing that another namespace holds. */
public final class NotGranted {
  private static final int SHOWN = 5;

  private NotGranted() {}

  /**
   * A refusal.
   *
   * @param what the field of the manifest, with its value
   * @param field the field of a grant that would admit it
   */
  public static Verdict verdict(Grant grant, String what, String field) {
    return Verdict.no(
        Reason.NotGranted,
        what
            + " is not granted to namespace "
            + grant.namespace()
            + ": ask the administrator to add it to "
            + field(grant, field)
            + ", or change the manifest.");
  }

  /** A refusal because objects that are gone still take the room. */
  static Verdict leftBehind(
      Grant grant, String what, int most, String field, Collection<String> left) {
    return Verdict.no(
        Reason.NotGranted,
        room(grant, what, most)
            + ", and those count that were deleted and still have something at ngrok: "
            + left.stream().limit(SHOWN).collect(Collectors.joining(", "))
            + (left.size() > SHOWN ? " and " + (left.size() - SHOWN) + " more" : "")
            + ". Create one of them again under its name, or ask the administrator to delete at"
            + " ngrok what is left of it, or to raise "
            + field(grant, field)
            + ".");
  }

  /** A refusal of more objects than the namespace may have. */
  static Verdict limit(Grant grant, String what, int most, String field) {
    return Verdict.no(
        Reason.NotGranted,
        room(grant, what, most)
            + ", and older ones are that many: delete one, or ask the administrator to raise "
            + field(grant, field)
            + ".");
  }

  private static String room(Grant grant, String what, int most) {
    return "Namespace " + grant.namespace() + " may have " + most + " " + what;
  }

  private static String field(Grant grant, String field) {
    return "spec.grants[]." + field + " of NgrokAccount " + grant.account().orElseThrow();
  }
}
