package dev.clinicnet.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One action of a rule.
 *
 * @param config as it is written; a missing node where there is none
 */
record Step(String type, JsonNode config) {}
