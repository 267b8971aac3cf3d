package dev.clinicnet.operator.cli.status;

import java.util.List;

/**
 * A part of a tree, in characters that every terminal has.
 *
 * @param leaves one line each; a part without leaves is not shown
 */
record Branch(String title, List<String> leaves) {
  Branch {
    leaves = List.copyOf(leaves);
  }

  boolean isEmpty() {
    return leaves.isEmpty();
  }

  String text(String indent, boolean last) {
    StringBuilder text = new StringBuilder(indent).append(fork(last)).append(title).append('\n');
    for (int i = 0; i < leaves.size(); i++) {
      text.append(indent)
          .append(last ? "    " : "|   ")
          .append(fork(i == leaves.size() - 1))
          .append(leaves.get(i))
          .append('\n');
    }
    return text.toString();
  }

  private static String fork(boolean last) {
    return last ? "`-- " : "|-- ";
  }
}
