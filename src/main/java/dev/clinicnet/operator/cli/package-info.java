/** The command line: one package for each command, and here what they share. */
package dev.clinicnet.operator.cli;
