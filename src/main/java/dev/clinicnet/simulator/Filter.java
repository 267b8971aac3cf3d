package dev.clinicnet.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list filter: the documented subset of CEL over the documented fields of one kind. Other
 * expressions are refused with an error that names the unsupported part.
 */
final class Filter {
  private static final Set<String> LISTS = Set.of("obj.acl", "obj.bindings");

  /** Fields with random values, which have no substring functions (documented). */
  private static final Pattern HIGH_ENTROPY = Pattern.compile("obj\\.(.+\\.)?(id|owner_id)");

  private final CelExpr expression;
  private final Set<String> fields;
  private final Clock clock;
  private final Behaviour behaviour;

  private Filter(CelExpr expression, Set<String> fields, Clock clock, Behaviour behaviour) {
    this.expression = expression;
    this.fields = fields;
    this.clock = clock;
    this.behaviour = behaviour;
  }

  static Filter parse(String text, Set<String> fields, Clock clock, Behaviour behaviour) {
    Filter filter = new Filter(Cel.filter(text), fields, clock, behaviour);
    // This refuses unknown fields even if there is no object to compare.
    filter.matches(Json.object());
    return filter;
  }

  boolean matches(ObjectNode object) {
    return bool(value(expression, object));
  }

  private Object value(CelExpr expr, ObjectNode object) {
    return switch (expr.getKind()) {
      case CONSTANT -> constant(expr.constant());
      case SELECT -> field(path(expr), object);
      case LIST -> {
        List<Object> values = new ArrayList<>();
        expr.list().elements().forEach(element -> values.add(value(element, object)));
        yield values;
      }
      case CALL -> call(expr.call(), object);
      default -> throw unsupported("the expression " + expr.getKind());
    };
  }

  private Object call(CelExpr.CelCall call, ObjectNode object) {
    List<CelExpr> args = call.args();
    return switch (call.function()) {
      case "_&&_" -> both(args, object).stream().allMatch(value -> value);
      case "_||_" -> both(args, object).stream().anyMatch(value -> value);
      case "!_" -> !bool(value(args.get(0), object));
      case "_==_" -> same(value(args.get(0), object), value(args.get(1), object));
      case "_!=_" -> !same(value(args.get(0), object), value(args.get(1), object));
      case "_<_" -> compare(args, object) < 0;
      case "_<=_" -> compare(args, object) <= 0;
      case "_>_" -> compare(args, object) > 0;
      case "_>=_" -> compare(args, object) >= 0;
      case "@in" -> contains(value(args.get(0), object), value(args.get(1), object));
      case "size" -> size(value(call.target().orElseGet(() -> args.get(0)), object));
      case "startsWith", "endsWith", "contains" -> substring(call, object);
      case "timestamp" -> instant(value(args.get(0), object));
      case "subtract", "add" -> moved(call, object);
      default -> throw unsupported("the function or operator '" + call.function() + "'");
    };
  }

  /** Evaluates both sides, so that an unknown field is always found. */
  private List<Boolean> both(List<CelExpr> sides, ObjectNode object) {
    return sides.stream().map(side -> bool(value(side, object))).toList();
  }

  /** Documented as coming soon, and in use in the examples beside that. */
  private boolean substring(CelExpr.CelCall call, ObjectNode object) {
    String field = call.target().map(Filter::path).orElse("");
    if (HIGH_ENTROPY.matcher(field).matches()
        || (field.equals("obj.domain") && !behaviour.hasSubstringsOfDomains())
        || call.args().size() != 1
        || !(value(call.args().get(0), object) instanceof String part)
        || !(field(field, object) instanceof String text)) {
      throw unsupported("the function '" + call.function() + "' on '" + field + "'");
    }
    return switch (call.function()) {
      case "startsWith" -> text.startsWith(part);
      case "endsWith" -> text.endsWith(part);
      default -> text.contains(part);
    };
  }

  private Instant moved(CelExpr.CelCall call, ObjectNode object) {
    if (call.target().isEmpty()
        || !(value(call.target().get(), object) instanceof Instant start)
        || !(value(call.args().get(0), object) instanceof String text)) {
      throw unsupported("the call of '" + call.function() + "'");
    }
    try {
      var amount = SimulatorDuration.parse(text);
      return call.function().equals("add") ? start.plus(amount) : start.minus(amount);
    } catch (IllegalArgumentException e) {
      throw unsupported("the duration '" + text + "'");
    }
  }

  private static String path(CelExpr expr) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.IDENT) {
      return expr.ident().name();
    }
    if (expr.getKind() != CelExpr.ExprKind.Kind.SELECT) {
      throw unsupported("the expression " + expr.getKind());
    }
    return path(expr.select().operand()) + "." + expr.select().field();
  }

  private Object field(String path, ObjectNode object) {
    if (path.equals("time.now")) {
      return clock.instant();
    }
    if (!path.startsWith("obj.") || !fields.contains(path.substring(4))) {
      throw unsupported("the field '" + path + "'");
    }
    JsonNode node = object;
    for (String part : path.substring(4).split("\\.", -1)) {
      node = node.path(part);
    }
    if (node.isArray()) {
      List<Object> values = new ArrayList<>();
      node.forEach(value -> values.add(value.asText()));
      return values;
    }
    if (node.isMissingNode() && LISTS.contains(path)) {
      return List.of();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    // An unset member counts as empty.
    return node.isMissingNode() || node.isNull() ? "" : node.asText();
  }

  private static Object constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> constant.stringValue();
      case BOOLEAN_VALUE -> constant.booleanValue();
      case INT64_VALUE -> constant.int64Value();
      case NULL_VALUE -> "";
      default -> throw unsupported("a constant of type " + constant.getKind());
    };
  }

  private static boolean same(Object left, Object right) {
    if (left instanceof Instant || right instanceof Instant) {
      return instant(left).equals(instant(right));
    }
    if (left instanceof Boolean || right instanceof Boolean) {
      return bool(left) == bool(right);
    }
    return Objects.equals(emptyAsText(left), emptyAsText(right));
  }

  /** An empty list equals null and the empty text, because unset members count as empty. */
  private static Object emptyAsText(Object value) {
    return value instanceof List<?> list && list.isEmpty() ? "" : value;
  }

  private static boolean contains(Object left, Object right) {
    if (right instanceof List<?> list && !(left instanceof List<?>)) {
      return list.contains(left);
    }
    throw unsupported("'in' other than of one value in a list");
  }

  private int compare(List<CelExpr> args, ObjectNode object) {
    Object left = value(args.get(0), object);
    Object right = value(args.get(1), object);
    if (left instanceof Long a && right instanceof Long b) {
      return a.compareTo(b);
    }
    if (left instanceof Instant || right instanceof Instant) {
      return instant(left).compareTo(instant(right));
    }
    return String.valueOf(left).compareTo(String.valueOf(right));
  }

  private static Instant instant(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value.equals("")) {
      return Instant.EPOCH;
    }
    try {
      return Instant.parse(String.valueOf(value));
    } catch (DateTimeException e) {
      throw unsupported("the timestamp '" + value + "'");
    }
  }

  private static long size(Object value) {
    if (value instanceof List<?> list) {
      return list.size();
    }
    return String.valueOf(value).length();
  }

  private static boolean bool(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value.equals("")) {
      return false;
    }
    throw unsupported("'" + value + "' where true or false is expected");
  }

  private static ApiException unsupported(String what) {
    return SimulatorError.FILTER_INVALID.with(what + " is not supported in a filter");
  }
}
