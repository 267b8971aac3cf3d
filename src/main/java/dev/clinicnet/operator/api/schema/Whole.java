package dev.clinicnet.operator.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An object that server-side apply replaces as a whole. It says something even when it is empty, so
 * a null must not take its place: see {@link MayBeEmptied}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Whole {}
