/** Runs traffic policies on connections and requests, without any network. */
package dev.clinicnet.simulator.traffic;
