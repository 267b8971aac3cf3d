/** Kubernetes as the reconcilers need it. */
package dev.clinicnet.operator.kubernetes;
