/**
 * The protocol between agents and the platform, as the platform speaks it: muxado frames and
 * streams, the requests and answers on them, and the session of one agent. It knows no account:
 * {@link dev.clinicnet.simulator.wire.AgentPlatform} decides.
 */
package dev.clinicnet.simulator.wire;
