/** The audit trail: who did what, when, and why. */
package dev.clinicnet.operator.audit;
