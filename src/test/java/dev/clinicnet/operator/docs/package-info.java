/** The pages of the documentation that come from the code, or must agree with it. */
package dev.clinicnet.operator.docs;
