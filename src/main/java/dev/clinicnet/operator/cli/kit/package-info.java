/** {@code kit}: writes the site kit of a Clinic to a directory. */
package dev.clinicnet.operator.cli.kit;
