/**
 * The local API of an agent, as it serves it at its {@code web_addr}: HTTP, the check of the Host
 * header, verbs and bodies. What an agent can do is behind {@link
 * dev.clinicnet.simulator.agentapi.LocalAgent}.
 */
package dev.clinicnet.simulator.agentapi;
