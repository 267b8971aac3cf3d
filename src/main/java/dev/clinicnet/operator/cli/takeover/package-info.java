/** The command {@code take-over}: the marks of a lost installation become those of another. */
package dev.clinicnet.operator.cli.takeover;
