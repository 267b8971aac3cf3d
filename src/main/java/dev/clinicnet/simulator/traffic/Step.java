package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One action of a rule.
 *
 * @param config the config as it is written; a missing node if there is none
 */
record Step(String type, JsonNode config) {}
