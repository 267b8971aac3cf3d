package dev.clinicnet.operator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * An agent that holds a session.
 *
 * @param results what became of each endpoint of its file
 */
record ConnectedAgent(
    String id, String credentialId, String sessionId, AgentConfig config, ArrayNode results) {}
