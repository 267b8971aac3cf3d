/** The types of the API group {@code clinicnet.dev}, version {@code v1alpha1}, and nothing else. */
package dev.clinicnet.operator.api.v1alpha1;
