/** The one kind of external-dns that the operator writes, as far as it does. */
package dev.clinicnet.operator.api.externaldns;
