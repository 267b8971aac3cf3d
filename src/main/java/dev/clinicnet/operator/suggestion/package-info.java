/** What somebody may have meant by a name that is not known. */
package dev.clinicnet.operator.suggestion;
