/** The command line. Each command has its own package; this package holds what they share. */
package dev.clinicnet.operator.cli;
