/**
 * The API of a connected agent. The operator uses it through the public host that the Clinic has
 * for it, to list, start and stop endpoints. The package does not use Kubernetes, and its requests
 * do not count against the allowance of ngrok's API.
 */
package dev.clinicnet.operator.agentapi;
