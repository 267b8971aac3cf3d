/**
 * What the technician at a clinic installs: the agent's configuration file, the instructions beside
 * it, and the metadata by which an agent's session tells which file it runs. Values in, text out;
 * knows neither Kubernetes nor HTTP. Arguments are never null unless said.
 */
package dev.clinicnet.operator.agent;
