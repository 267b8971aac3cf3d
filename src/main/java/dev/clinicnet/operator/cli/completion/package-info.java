/** {@code completion}: the script with which a shell completes commands and options. */
package dev.clinicnet.operator.cli.completion;
