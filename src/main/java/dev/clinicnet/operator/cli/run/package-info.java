/** {@code run}: the options, the checks before the start, and the end of the process. */
package dev.clinicnet.operator.cli.run;
