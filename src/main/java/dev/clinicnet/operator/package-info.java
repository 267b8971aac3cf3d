/** The command line. Everything else is in a package that is named after one concept. */
package dev.clinicnet.operator;
