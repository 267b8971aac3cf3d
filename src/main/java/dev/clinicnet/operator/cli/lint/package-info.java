/** {@code lint}: finds what would be refused, without a cluster or an account. */
package dev.clinicnet.operator.cli.lint;
