/**
 * The Secrets and ConfigMaps that manifests refer to: which they are, what stands in them, and what
 * to say when it is not there or not usable. No message holds a value of a Secret.
 */
package dev.clinicnet.operator.reference;
