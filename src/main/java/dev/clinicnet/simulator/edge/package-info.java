/** The platform's edge on loopback: listeners, TLS, and the way through agents to upstreams. */
package dev.clinicnet.simulator.edge;
