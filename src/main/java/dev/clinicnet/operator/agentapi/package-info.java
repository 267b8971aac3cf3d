/**
 * The API that a connected agent has, as the operator uses it over the public host that the Clinic
 * keeps for it: which endpoints are there, and to start and stop one. It knows nothing of
 * Kubernetes, and its requests do not count against the allowance of ngrok's API.
 */
package dev.clinicnet.operator.agentapi;
