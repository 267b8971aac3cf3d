/** Runs traffic policies on connections and requests, without any network. */
package dev.clinicnet.operator.simulator.traffic;
