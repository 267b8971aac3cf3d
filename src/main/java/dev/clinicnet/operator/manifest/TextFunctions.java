package dev.clinicnet.operator.manifest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions that find things in texts. The {@code indexOf} of the CEL library fails for an empty
 * text, where Kubernetes answers -1.
 */
final class TextFunctions {
  private TextFunctions() {}

  static void declare(KubernetesLibrary library) {
    library.member(
        "find",
        String.class,
        String.class,
        args -> all(args, 1).stream().findFirst().orElse(""),
        String.class);
    library.member(
        "findAll", String.class, List.class, args -> all(args, Long.MAX_VALUE), String.class);
    library.member(
        "findAll",
        String.class,
        List.class,
        args -> all(args, (Long) args[2] < 0 ? Long.MAX_VALUE : (Long) args[2]),
        String.class,
        Long.class);
    library.member("indexOf", String.class, Long.class, args -> index(args, 0), String.class);
    library.member(
        "indexOf",
        String.class,
        Long.class,
        args -> index(args, (Long) args[2]),
        String.class,
        Long.class);
    library.member(
        "lastIndexOf",
        String.class,
        Long.class,
        args -> lastIndex(args, length(args)),
        String.class);
    library.member(
        "lastIndexOf",
        String.class,
        Long.class,
        args -> (Long) args[2] >= length(args) ? -1L : lastIndex(args, (Long) args[2]),
        String.class,
        Long.class);
  }

  /** Positions count code points. */
  private static long index(Object[] arguments, long from) {
    String text = (String) arguments[0];
    String part = (String) arguments[1];
    checkPosition(from);
    if (part.isEmpty()) {
      return from;
    }
    if (from >= length(arguments)) {
      return -1;
    }
    int found = text.indexOf(part, text.offsetByCodePoints(0, (int) from));
    return found < 0 ? -1 : text.codePointCount(0, found);
  }

  private static long lastIndex(Object[] arguments, long from) {
    String text = (String) arguments[0];
    String part = (String) arguments[1];
    checkPosition(from);
    if (part.isEmpty()) {
      return from;
    }
    int found = text.lastIndexOf(part, text.offsetByCodePoints(0, (int) from));
    return found < 0 ? -1 : text.codePointCount(0, found);
  }

  private static void checkPosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("index out of range: " + position);
    }
  }

  private static long length(Object[] arguments) {
    String text = (String) arguments[0];
    return text.codePointCount(0, text.length());
  }

  private static List<String> all(Object[] arguments, long limit) {
    Matcher matcher = Pattern.compile((String) arguments[1]).matcher((String) arguments[0]);
    List<String> found = new ArrayList<>();
    while (found.size() < limit && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
