/**
 * Decides who holds a name that several objects ask for. The package does not use a Kubernetes
 * client.
 */
package dev.clinicnet.operator.claim;
