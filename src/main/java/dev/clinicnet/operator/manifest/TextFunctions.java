package dev.clinicnet.operator.manifest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/** Functions that find things in texts. */
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
