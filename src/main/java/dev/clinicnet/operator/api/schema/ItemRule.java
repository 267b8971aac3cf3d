package dev.clinicnet.operator.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A CEL rule on each item of a list, so that the refusal names the item by its index. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Repeatable(ItemRule.All.class)
public @interface ItemRule {
  /** The rule; {@code self} is the item. */
  String value();

  /** What is wrong and what to write instead. */
  String message();

  /** CEL for words that suit the value better than the message; empty: there are none. */
  String messageExpression() default "";

  /** Holds the rules of one list. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.FIELD)
  @interface All {
    ItemRule[] value();
  }
}
