/** {@code status}: shows Clinics with what is wrong first, and what to do. */
package dev.clinicnet.operator.cli.status;
