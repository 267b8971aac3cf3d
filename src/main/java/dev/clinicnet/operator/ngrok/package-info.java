/**
 * The ngrok platform API: its interface, wire records, typed failures, budget and HTTP client.
 * Knows no Kubernetes.
 */
package dev.clinicnet.operator.ngrok;
