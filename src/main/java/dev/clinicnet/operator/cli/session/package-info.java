/** {@code open} and {@code close}: sessions, with the rights of a technician. */
package dev.clinicnet.operator.cli.session;
