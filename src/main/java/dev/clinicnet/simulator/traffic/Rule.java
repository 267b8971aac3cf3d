package dev.clinicnet.simulator.traffic;

import java.util.List;

/**
 * One rule of a phase.
 *
 * @param label its name, or its phase and number
 * @param expressions all must be true; none: it always applies
 */
record Rule(String label, List<String> expressions, List<Step> steps) {}
