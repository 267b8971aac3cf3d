/**
 * The command {@code import}: manifests for what an account holds, with annotations to adopt it.
 */
package dev.clinicnet.operator.cli.imports;
