/** An ngrok platform on loopback: its API with the documented rules, faults, and agents. */
package dev.clinicnet.simulator;
