/** Who holds a name that several objects ask for. Knows no Kubernetes client. */
package dev.clinicnet.operator.claim;
