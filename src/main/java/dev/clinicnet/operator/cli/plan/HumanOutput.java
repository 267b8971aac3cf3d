package dev.clinicnet.operator.cli.plan;

import dev.clinicnet.operator.clinic.PublishedObject;
import dev.clinicnet.operator.inventory.Mark;
import dev.clinicnet.operator.inventory.Owner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A preview for people. */
final class HumanOutput {
  private final Preview preview;
  private final Cost cost;
  private final StringBuilder text = new StringBuilder();

  private HumanOutput(Preview preview, Cost cost) {
    this.preview = preview;
    this.cost = cost;
  }

  static String text(Preview preview, Cost cost) {
    HumanOutput output = new HumanOutput(preview, cost);
    output.print();
    return output.text.toString();
  }

  private void print() {
    Map<Owner, StringBuilder> objects = new LinkedHashMap<>();
    for (Change change : preview.changes()) {
      print(change, objects.computeIfAbsent(change.owner(), owner -> new StringBuilder()));
    }
    for (KubernetesChange change : preview.kubernetes()) {
      if (change.isCertain()) {
        print(change, objects.computeIfAbsent(change.owner(), owner -> new StringBuilder()));
      }
    }
    for (Note note : preview.notes()) {
      objects
          .computeIfAbsent(note.owner(), owner -> new StringBuilder())
          .append("  ! ")
          .append(note.refused() ? "refused: " : note.warning() ? "warning: " : "")
          .append(note.message().replaceAll("\\R", " "))
          .append('\n');
    }
    objects.forEach((owner, lines) -> text.append(owner).append('\n').append(lines).append('\n'));
    leftovers();
    if (!preview.changes().isEmpty()) {
      summary();
    } else if (!preview.hasChanges() && !preview.isRefused()) {
      text.append("No changes.\n");
    }
    counted(
        preview.kubernetes().stream().filter(KubernetesChange::install).count(),
        "site kit",
        " to install");
    counted(
        preview.kubernetes().stream().filter(change -> !change.isCertain()).count(),
        "site kit",
        " not compared: the plan does not know what the site has now. Give --base with the"
            + " manifests of the Clinic that are applied now");
    counted(preview.warned(), "warning", "");
    counted(preview.refused(), "object", " refused: correct what is marked with '! refused'");
  }

  private void print(Change change, StringBuilder lines) {
    lines
        .append("  ")
        .append(change.action().sign())
        .append(' ')
        .append(change.action().word())
        .append(' ')
        .append(change.resource().word())
        .append(' ')
        .append(described(change))
        .append(": ")
        .append(preview.origin(change).words())
        .append('\n');
    change.retired().ifPresent(mark -> lines.append("      ").append(window(mark)).append('\n'));
    for (FieldChange field : FieldChange.of(change)) {
      print(field, lines);
    }
  }

  private static void print(KubernetesChange change, StringBuilder lines) {
    lines.append("  ").append(change.action().sign()).append(' ').append(change.action().word());
    lines
        .append(' ')
        .append(change.object().use() == PublishedObject.Use.SITE_KIT ? "site kit" : change.kind());
    lines.append(' ').append(change.name()).append(": ").append(change.meaning()).append('\n');
    change.lines().forEach(line -> lines.append("      ").append(line).append('\n'));
  }

  private static String described(Change change) {
    String name = change.object().displayName();
    String id = change.object().id();
    return name.equals(id) || change.action() == Action.CREATE ? name : name + " (" + id + ")";
  }

  private static void print(FieldChange field, StringBuilder lines) {
    lines.append("      ").append(field.name()).append(':');
    if (field.isHidden()) {
      lines.append(" a secret value differs, or is sent anew\n");
    } else if (field.before().size() <= 1 && field.after().size() <= 1 && isPlain(field)) {
      if (!field.before().isEmpty()) {
        lines.append(' ').append(field.before().get(0)).append(" ->");
      }
      lines.append(' ').append(field.after().isEmpty() ? "(none)" : field.after().get(0));
      lines.append('\n');
    } else {
      lines.append('\n');
      LineDiff.of(field.before(), field.after())
          .forEach(line -> lines.append("        ").append(line).append('\n'));
    }
  }

  private static boolean isPlain(FieldChange field) {
    return !field.name().equals("acl");
  }

  private void leftovers() {
    if (preview.leftovers().isEmpty()) {
      return;
    }
    text.append("Not in these files");
    text.append(preview.pruned() ? ":\n" : " (--prune plans their deletion):\n");
    Map<Owner, List<Leftover>> byOwner =
        preview.leftovers().stream()
            .collect(
                Collectors.groupingBy(Leftover::owner, LinkedHashMap::new, Collectors.toList()));
    byOwner.forEach(
        (owner, rows) -> {
          text.append("  ").append(owner).append('\n');
          rows.forEach(this::print);
        });
    text.append('\n');
  }

  private void print(Leftover leftover) {
    String name = leftover.object().displayName();
    String id = leftover.object().id();
    text.append("    ").append(leftover.resource().word()).append(' ').append(name);
    if (!name.equals(id)) {
      text.append(" (").append(id).append(')');
    }
    if (leftover.isRetained()) {
      text.append(": left on purpose, never deleted");
    } else if (leftover.retiredAt().isPresent()) {
      text.append(": ").append(window(leftover.mark().orElseThrow()));
    }
    text.append('\n');
  }

  /** The meaning of the undo window for a name. */
  private String window(Mark mark) {
    return mark.keptUntil(preview.settings().undoWindow())
        .map(
            end ->
                "retired, kept until "
                    + end
                    + " and then released; its manifest gets it back before")
        .orElse("retired, and kept");
  }

  private void summary() {
    text.append(count(Action.CREATE)).append(" to create, ");
    text.append(count(Action.UPDATE)).append(" to update, ");
    text.append(count(Action.DELETE) + count(Action.STOP)).append(" to delete.\n");
    text.append("Requests: ").append(cost.writes()).append(" now; each sweep takes ");
    text.append(cost.sweepPages()).append(". ").append("At ").append(cost.perMinute());
    text.append(" in 60 s they take ");
    text.append(
        cost.least().isZero()
            ? "less than a minute"
            : "at least " + cost.least().toSeconds() + " s");
    text.append(".\n");
  }

  private void counted(long number, String what, String more) {
    if (number > 0) {
      text.append(number).append(' ').append(what).append(number == 1 ? "" : "s");
      text.append(more).append(".\n");
    }
  }

  private long count(Action action) {
    return preview.changes().stream().filter(change -> change.action() == action).count();
  }
}
