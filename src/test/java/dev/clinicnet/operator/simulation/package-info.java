/**
 * The operator in a simulated world: its engine, its client and the simulated platform in one
 * thread, under a virtual clock, with a cluster in memory. Seeded faults strike at its calls. What
 * is simulated and what must hold is in {@code docs/reliability.md}.
 */
package dev.clinicnet.operator.simulation;
