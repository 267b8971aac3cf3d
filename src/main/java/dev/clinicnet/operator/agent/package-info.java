/**
 * What the technician at a clinic installs: the agent's configuration file, the instructions beside
 * it, and the metadata by which an agent's session tells which file it runs. The package takes
 * values and returns text; it knows neither Kubernetes nor HTTP. Arguments are never null unless
 * the comment says so.
 */
package dev.clinicnet.operator.agent;
