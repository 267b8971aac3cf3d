package dev.clinicnet.operator.cli.lint;

import dev.clinicnet.operator.manifest.Document;
import dev.clinicnet.operator.manifest.Node;
import dev.clinicnet.operator.manifest.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The field that a message of the operator begins with.
 *
 * @param path empty if it begins with no field
 */
record BlamedField(String path, Position position) {
  private static final Pattern BEGINNING =
      Pattern.compile("(spec(?:\\.[A-Za-z0-9_-]+|\\[\\d+])+):? (\\S*).*", Pattern.DOTALL);

  static BlamedField of(Document document, String message) {
    Matcher matcher = BEGINNING.matcher(message);
    if (!matcher.matches()) {
      return new BlamedField("", document.position());
    }
    String path = matcher.group(1);
    Node node = document.nearest(path);
    if (node instanceof Node.Sequence list) {
      for (int i = 0; i < list.items().size(); i++) {
        Node item = list.items().get(i);
        if (item.text("name").orElse("").equals(matcher.group(2))) {
          return new BlamedField(path + "[" + i + "]", item.position());
        }
      }
    }
    return new BlamedField(path, node.position());
  }
}
