/** Conditions: their types, their reasons, and how they are made. */
package dev.clinicnet.operator.condition;
