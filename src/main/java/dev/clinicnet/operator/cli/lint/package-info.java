/** {@code lint}: what would be refused, without any cluster or account. */
package dev.clinicnet.operator.cli.lint;
