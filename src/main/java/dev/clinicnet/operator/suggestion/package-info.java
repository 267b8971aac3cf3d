/** Suggestions in place of unknown names. */
package dev.clinicnet.operator.suggestion;
