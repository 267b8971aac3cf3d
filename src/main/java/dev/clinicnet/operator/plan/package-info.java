/** The ordered remote changes that turn an inventory into what the manifests ask for. */
package dev.clinicnet.operator.plan;
