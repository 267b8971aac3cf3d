/** Runs traffic policies on connections and requests. The package uses no network. */
package dev.clinicnet.simulator.traffic;
