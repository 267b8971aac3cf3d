package dev.clinicnet.operator.manifest;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Functions on lists. */
final class ListFunctions {
  private ListFunctions() {}

  static void declare(KubernetesLibrary library) {
    library.member("isSorted", List.class, Boolean.class, args -> isSorted(list(args)));
    library.member("sum", List.class, Object.class, args -> sum(list(args)));
    library.member("min", List.class, Object.class, args -> extreme(list(args), natural()));
    library.member(
        "max", List.class, Object.class, args -> extreme(list(args), natural().reversed()));
    library.member(
        "indexOf",
        List.class,
        Long.class,
        args -> (long) list(args).indexOf(args[1]),
        Object.class);
    library.member(
        "lastIndexOf",
        List.class,
        Long.class,
        args -> (long) list(args).lastIndexOf(args[1]),
        Object.class);
  }

  private static List<?> list(Object[] arguments) {
    return (List<?>) arguments[0];
  }

  private static boolean isSorted(List<?> list) {
    for (int i = 1; i < list.size(); i++) {
      if (natural().compare(list.get(i - 1), list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Object sum(List<?> list) {
    if (list.isEmpty()) {
      return 0L;
    }
    if (list.get(0) instanceof Duration) {
      return list.stream().map(Duration.class::cast).reduce(Duration.ZERO, Duration::plus);
    }
    if (list.get(0) instanceof Double) {
      return list.stream().mapToDouble(Double.class::cast).sum();
    }
    return list.stream().map(Long.class::cast).reduce(0L, Math::addExact);
  }

  private static Object extreme(List<?> list, Comparator<Object> order) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("min and max called on an empty list");
    }
    Object least = list.get(0);
    for (Object item : list) {
      least = order.compare(item, least) < 0 ? item : least;
    }
    return least;
  }

  @SuppressWarnings("unchecked") // values that cannot be compared make their rule fail
  private static Comparator<Object> natural() {
    return (one, other) -> ((Comparable<Object>) one).compareTo(other);
  }
}
