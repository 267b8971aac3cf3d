package dev.clinicnet.operator.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The list is a map in disguise: its items are told apart by one member, may not repeat it, and
 * merge one by one in a server-side apply. A list without this annotation is atomic.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ListMap {
  /** The member that tells items apart. */
  String key();
}
