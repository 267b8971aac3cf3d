/**
 * The local API that an agent serves at its {@code web_addr}: HTTP, the check of the Host header,
 * verbs and bodies. {@link dev.clinicnet.simulator.agentapi.LocalAgent} has the operations of the
 * agent.
 */
package dev.clinicnet.simulator.agentapi;
