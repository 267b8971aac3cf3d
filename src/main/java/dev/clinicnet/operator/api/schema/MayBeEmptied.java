package dev.clinicnet.operator.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An object, or a list with keys, that somebody may empty. Server-side apply leaves a null where
 * the last member goes, and the API server refuses a null unless the schema admits it. Rules take a
 * null for absent, and so do the Java types.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface MayBeEmptied {}
