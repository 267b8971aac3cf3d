/** Conditions: their types, their reasons, and how they are put together. */
package dev.clinicnet.operator.condition;
