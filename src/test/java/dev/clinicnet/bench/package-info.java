/** Measures the operator on a fleet: see {@code bench/README.md}. */
package dev.clinicnet.bench;
