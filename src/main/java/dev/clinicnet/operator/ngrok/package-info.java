/**
 * The ngrok platform API: its interface, wire records, typed failures, budget and HTTP client. The
 * package does not use Kubernetes.
 */
package dev.clinicnet.operator.ngrok;
