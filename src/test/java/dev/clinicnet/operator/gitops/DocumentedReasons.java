package dev.clinicnet.operator.gitops;

import dev.clinicnet.operator.condition.ConditionType;
import dev.clinicnet.operator.condition.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The conditions and reasons of each kind, from {@code docs/conditions.md}. Another test checks
 * that the page names every type and every reason.
 */
final class DocumentedReasons {
  private static final Pattern TYPE = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\|.*");
  private static final Pattern SECTION = Pattern.compile("### (\\w+)");
  private static final Pattern REASON =
      Pattern.compile("\\| `(\\w+)` \\| (?:nothing|time|setup|somebody) \\|.*");

  /** The types that every kind has. */
  private static final Set<ConditionType> READY =
      EnumSet.of(ConditionType.Accepted, ConditionType.ResolvedRefs, ConditionType.Programmed);

  private final Map<ConditionType, String> kinds = new EnumMap<>(ConditionType.class);
  private final Map<ConditionType, List<Reason>> reasons = new EnumMap<>(ConditionType.class);

  private DocumentedReasons(List<String> lines) {
    ConditionType section = null;
    for (String line : lines) {
      Matcher heading = SECTION.matcher(line);
      Matcher reason = REASON.matcher(line);
      Matcher type = TYPE.matcher(line);
      if (heading.matches()) {
        section = ConditionType.valueOf(heading.group(1));
        reasons.put(section, new ArrayList<>());
      } else if (section != null && reason.matches()) {
        reasons.get(section).add(Reason.valueOf(reason.group(1)));
      } else if (section == null && type.matches()) {
        kinds.put(ConditionType.valueOf(type.group(1)), type.group(2));
      }
    }
  }

  static DocumentedReasons read() {
    try {
      return new DocumentedReasons(Files.readAllLines(Path.of("docs/conditions.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The types whose reasons are documented and that a kind has. */
  List<ConditionType> types(String kind) {
    return reasons.keySet().stream().filter(type -> has(kind, type)).toList();
  }

  /** The reasons of a type. */
  List<Reason> reasons(ConditionType type) {
    return reasons.get(type);
  }

  /** Every reason of every type. */
  Stream<Reason> all() {
    return reasons.values().stream().flatMap(List::stream);
  }

  private boolean has(String kind, ConditionType type) {
    return READY.contains(type)
        || Stream.of(kinds.get(type).split("\\W+")).anyMatch(kind::equals)
        || kinds.get(type).equals("all")
        || (kinds.get(type).equals("both") && !kind.equals("ClinicSession"));
  }
}
